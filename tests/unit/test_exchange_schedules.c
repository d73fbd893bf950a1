/* Three installations, commune -> province -> ministry, and between them everything that can go
 * wrong: messages lost, repeated, late, altered; either side killed between any two steps;
 * clocks that are off by a year and jump.  The rules are the program's (exchange.h); what a
 * store keeps is an array here, and survives; what is under way does not.
 *
 * In every schedule each document is taken in exactly once, each word of the office above is
 * heard exactly once and in its order, what stands above is the last document of its unit, and
 * a document that can never be taken in keeps none of the others back.
 *
 * SCHEDULES=n and SEED=n: how many, and which ones; one alone: SCHEDULES=1 SEED=its number. */
#include "lib/test.h"

#include "app/exchange/exchange.h"
#include "base/err.h"
#include "base/str.h"

enum {
	OFFICES = 3,
	MOST_CHAINS = 3, /* a chain: the documents of one unit and period */
	MOST_ITEMS = 10,
	MOST_WORDS = 120,
	MOST_MAIL = 40,
	STEPS = 140,
	ROUNDS = 6 /* of mending at the end */
};

struct document {
	int chain, amends; /* index of the item it replaces; -1: the first */
	struct exchange_item item;
	enum exchange_state said; /* what its report says: WAITING until a business word */
	int n_business;           /* words of people that reached the report */
};

struct arrival { /* by index of the sender's document */
	bool here;
	enum exchange_inbox state;
	enum exchange_finding found;
	int64_t number; /* of the technical word */
	int times_taken, n_business;
};

struct spoken {
	int document;
	enum exchange_word word;
};

struct standing {
	enum exchange_standing standing;
	int current; /* document; -1: none */
	bool unit_known;
};

struct office {
	int64_t clock_off_us;
	/* As a sender. */
	struct document documents[MOST_ITEMS];
	int n_documents;
	int64_t cursor; /* words read */
	/* As the receiver of the office below. */
	struct arrival arrivals[MOST_ITEMS];
	struct spoken words[MOST_WORDS]; /* number i + 1 */
	int64_t n_words;
	struct standing chains[MOST_CHAINS];
};

enum kind { PACKAGE, RECEIPT, ASK, ANSWER };
struct message {
	enum kind kind;
	int from, to;
	int document;
	bool altered;
	enum exchange_word word;
	int64_t number; /* of the word; ASK, ANSWER: after which */
	int64_t until;  /* ANSWER: words after + 1 ... until, as they were then */
};

struct world {
	uint64_t random;
	int64_t now_us;
	struct office offices[OFFICES];
	struct message mail[MOST_MAIL];
	int n_mail;
	bool calm;          /* nothing goes wrong any more */
	int bad_chain;      /* of the commune: its unit stays unknown above; -1: none */
	const char *broken; /* NULL: so far so good */
};

static uint64_t draw(struct world *w, uint64_t below)
{
	w->random += 0x9e3779b97f4a7c15;
	uint64_t x = w->random;
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
	x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
	return (x ^ (x >> 31)) % below;
}

static bool chance(struct world *w, uint64_t of_hundred)
{
	return !w->calm && draw(w, 100) < of_hundred;
}

static void must(struct world *w, bool holds, const char *what)
{
	if (!holds && !w->broken)
		w->broken = what;
}

static instant_t clock_of(const struct world *w, int office)
{
	return (instant_t){ w->now_us + w->offices[office].clock_off_us };
}

/* A full bag loses the message, which is one more way to be lost. */
static void post(struct world *w, struct message m)
{
	if (chance(w, 15)) /* killed after the step was kept and before a byte went out */
		return;
	if (w->n_mail < MOST_MAIL)
		w->mail[w->n_mail++] = m;
}

/* ---- the sender ---- */

static void make_document(struct world *w, int office)
{
	struct office *o = &w->offices[office];
	int chain = (int)draw(w, MOST_CHAINS), last = -1;

	if (o->n_documents == MOST_ITEMS)
		return;
	for (int i = 0; i < o->n_documents; i++)
		if (o->documents[i].chain == chain)
			last = i;
	/* A correction follows a return; sometimes the office notes the return itself. */
	if (last >= 0 && o->documents[last].said != EXCHANGE_RETURNED && draw(w, 4) != 0)
		return;
	o->documents[o->n_documents++] =
	        (struct document){ .chain = chain,
		                   .amends = last,
		                   .item = exchange_item_new(clock_of(w, office)),
		                   .said = EXCHANGE_WAITING };
}

static void push(struct world *w, int office)
{
	struct office *o = &w->offices[office];
	struct exchange_item items[MOST_ITEMS];
	size_t n = (size_t)o->n_documents;

	for (size_t i = 0; i < n; i++)
		items[i] = o->documents[i].item;
	size_t next = exchange_next(items, n, clock_of(w, office));
	if (next == n)
		return;
	must(w, exchange_begin(&o->documents[next].item, clock_of(w, office)),
	     "what is due can be sent");
	post(w, (struct message){ .kind = PACKAGE,
	                          .from = office,
	                          .to = office + 1,
	                          .document = (int)next,
	                          .altered = chance(w, 6) });
}

static void time_out(struct world *w, int office)
{
	struct office *o = &w->offices[office];

	for (int i = 0; i < o->n_documents; i++)
		if (w->calm || draw(w, 2))
			exchange_failed(&o->documents[i].item, clock_of(w, office), w->random);
}

/* A word goes to the item, and what people above decided to the report: one transaction. */
static void hear(struct world *w, struct document *d, enum exchange_word word, int64_t number)
{
	(void)w;
	exchange_heard(&d->item, word, number);
	if (word == SAID_ACCEPTED || word == SAID_RETURNED) {
		d->said = word == SAID_ACCEPTED ? EXCHANGE_ACCEPTED : EXCHANGE_RETURNED;
		d->n_business++;
	}
}

static void read_answer(struct world *w, const struct message *m)
{
	struct office *o = &w->offices[m->to], *above = &w->offices[m->from];

	for (int64_t n = m->number + 1; n <= m->until; n++) {
		if (n <= o->cursor)
			continue;
		must(w, n == o->cursor + 1, "no word is skipped");
		hear(w, &o->documents[above->words[n - 1].document], above->words[n - 1].word,
		     n);
		o->cursor = n;
	}
}

/* ---- the receiver ---- */

static int64_t say(struct world *w, struct office *o, int document, enum exchange_word word)
{
	must(w, o->n_words < MOST_WORDS, "few words are said");
	if (o->n_words == MOST_WORDS)
		return o->n_words;
	o->words[o->n_words] = (struct spoken){ document, word };
	if (word == SAID_ACCEPTED || word == SAID_RETURNED)
		o->arrivals[document].n_business++;
	return ++o->n_words;
}

static enum exchange_finding look_at(const struct office *o, const struct document *d,
                                     bool altered)
{
	const struct standing *s = &o->chains[d->chain];
	struct exchange_arrival a = { .whole = true,
		                      .unaltered = !altered,
		                      .well_signed = true,
		                      .format_known = true,
		                      .unit_known = s->unit_known,
		                      .unit_below = true,
		                      .owed = true,
		                      .same_forms = true,
		                      .standing = s->standing,
		                      .amends = d->amends >= 0,
		                      .amends_known =
		                              d->amends >= 0 && d->amends == s->current };

	return exchange_judge(&a);
}

static void take(struct world *w, struct office *o, int document, struct standing *s)
{
	if (s->standing == STANDING_SENT)
		say(w, o, s->current, SAID_RETURNED);
	s->standing = STANDING_SENT;
	s->current = document;
	o->arrivals[document].times_taken++;
}

/* One transaction. */
static void judge(struct world *w, int office, int document, bool altered)
{
	static const enum exchange_inbox kept_as[] = { INBOX_REFUSED, INBOX_HELD, INBOX_TAKEN };
	static const enum exchange_word said[] = { SAID_REFUSED, SAID_HELD, SAID_TAKEN };
	struct office *o = &w->offices[office];
	const struct document *d = &w->offices[office - 1].documents[document];
	struct arrival *a = &o->arrivals[document];

	enum exchange_finding f = look_at(o, d, altered);
	enum exchange_verdict v = exchange_verdict(f);

	if (a->here && (a->found == f || !exchange_replaces(a->state, v)))
		return;
	if (v == VERDICT_TAKE)
		take(w, o, document, &o->chains[d->chain]);
	a->here = true;
	a->found = f;
	a->state = kept_as[v];
	a->number = say(w, o, document, said[v]);
}

static void receive(struct world *w, const struct message *m)
{
	static const enum exchange_word said[] = { [INBOX_HELD] = SAID_HELD,
		                                   [INBOX_REFUSED] = SAID_REFUSED,
		                                   [INBOX_TAKEN] = SAID_TAKEN };
	struct arrival *a = &w->offices[m->to].arrivals[m->document];

	judge(w, m->to, m->document, m->altered);
	post(w, (struct message){ .kind = RECEIPT,
	                          .from = m->to,
	                          .to = m->from,
	                          .document = m->document,
	                          .word = said[a->state],
	                          .number = a->number });
}

/* Held ones again; altered bytes were refused and are not there. */
static void look_again(struct world *w, int office)
{
	struct office *o = &w->offices[office];

	for (int i = 0; i < MOST_ITEMS; i++)
		if (o->arrivals[i].here && o->arrivals[i].state == INBOX_HELD)
			judge(w, office, i, false);
}

/* People of the office above: they accept, return, unlock. */
static void decide(struct world *w, int office, int chain)
{
	struct office *o = &w->offices[office];
	struct standing *s = &o->chains[chain];

	if (s->standing == STANDING_SENT && draw(w, 2)) {
		s->standing = STANDING_ACCEPTED;
		say(w, o, s->current, SAID_ACCEPTED);
	} else if (s->standing == STANDING_SENT || s->standing == STANDING_ACCEPTED) {
		s->standing = STANDING_RETURNED;
		say(w, o, s->current, SAID_RETURNED);
	}
}

/* ---- the line ---- */

static void deliver(struct world *w)
{
	if (w->n_mail == 0)
		return;
	int i = w->calm ? 0 : (int)draw(w, (uint64_t)w->n_mail);
	struct message m = w->mail[i];
	struct office *to = &w->offices[m.to];

	if (!chance(w, 20)) /* else it comes once more */
		memmove(&w->mail[i], &w->mail[i + 1], (size_t)(--w->n_mail - i) * sizeof(m));
	if (chance(w, 20))
		return;
	switch (m.kind) {
	case PACKAGE:
		receive(w, &m);
		break;
	case RECEIPT:
		exchange_heard(&to->documents[m.document].item, m.word, m.number);
		break;
	case ASK:
		post(w, (struct message){ .kind = ANSWER,
		                          .from = m.to,
		                          .to = m.from,
		                          .number = m.number,
		                          .until = to->n_words });
		break;
	case ANSWER:
		read_answer(w, &m);
		break;
	}
}

static void ask(struct world *w, int office)
{
	post(w, (struct message){ .kind = ASK,
	                          .from = office,
	                          .to = office + 1,
	                          .number = w->offices[office].cursor });
}

/* A person at the sender's. */
static void meddle(struct world *w, int office)
{
	struct office *o = &w->offices[office];

	if (o->n_documents == 0)
		return;
	struct exchange_item *item = &o->documents[draw(w, (uint64_t)o->n_documents)].item;
	if (draw(w, 3))
		(void)exchange_try_now(item, clock_of(w, office));
	else
		(void)exchange_give_up(item);
}

static void step(struct world *w)
{
	int below = (int)draw(w, OFFICES - 1), above = below + 1, any = (int)draw(w, OFFICES);

	w->now_us += (int64_t)draw(w, 200) * 1000000;
	switch (draw(w, 16)) {
	case 0:
		make_document(w, below);
		break;
	case 1:
	case 2:
	case 3:
		push(w, below);
		break;
	case 4:
		time_out(w, below);
		break;
	case 5:
	case 6:
		ask(w, below);
		break;
	case 7:
		decide(w, above, (int)draw(w, MOST_CHAINS));
		break;
	case 8:
		look_again(w, above);
		break;
	case 9:
		w->offices[any].clock_off_us += ((int64_t)draw(w, 800) - 400) * US_PER_DAY;
		break;
	case 10:
		if (draw(w, 4) == 0)
			meddle(w, below);
		break;
	default:
		deliver(w);
		break;
	}
}

/* ---- in the end ---- */

static bool is_bad(const struct world *w, int office, int chain)
{
	return office == 0 && chain == w->bad_chain;
}

/* The line is up again; people look at what was held, refused or given up. */
static void mend(struct world *w, int round)
{
	w->now_us += EXCHANGE_LONGEST_WAIT;
	for (int office = 0; office + 1 < OFFICES; office++) {
		struct office *o = &w->offices[office], *above = &w->offices[office + 1];

		for (int c = 0; c < MOST_CHAINS; c++) {
			above->chains[c].unit_known = !is_bad(w, office, c);
			for (int i = 0; i < o->n_documents; i++)
				if (above->arrivals[i].found == FOUND_AMENDS_ACCEPTED &&
				    above->arrivals[i].state == INBOX_HELD &&
				    o->documents[i].chain == c &&
				    above->chains[c].standing == STANDING_ACCEPTED)
					decide(w, office + 1, c);
		}
		look_again(w, office + 1);
		time_out(w, office);
		/* A refusal may come late: what was altered on the way is sent again. */
		for (int i = 0; i < o->n_documents; i++)
			if (o->documents[i].item.state == EXCHANGE_REFUSED ||
			    (round == 0 && exchange_state_rests(o->documents[i].item.state)))
				(void)exchange_try_now(&o->documents[i].item,
				                       clock_of(w, office));
		for (int i = 0; i < o->n_documents; i++)
			push(w, office);
		while (w->n_mail)
			deliver(w);
		ask(w, office);
		while (w->n_mail)
			deliver(w);
	}
}

static void check_document(struct world *w, int office, int i)
{
	const struct office *o = &w->offices[office], *above = &w->offices[office + 1];
	const struct document *d = &o->documents[i];
	const struct arrival *a = &above->arrivals[i];
	const struct standing *s = &above->chains[d->chain];
	bool last = true;

	if (is_bad(w, office, d->chain)) {
		must(w, d->item.state == EXCHANGE_HELD && a->state == INBOX_HELD,
		     "a bad one is held");
		return;
	}
	for (int k = i + 1; k < o->n_documents; k++)
		last &= o->documents[k].chain != d->chain;
	must(w, a->here && a->times_taken == 1, "it is taken in exactly once");
	must(w,
	     d->item.state == EXCHANGE_DELIVERED || d->item.state == EXCHANGE_ACCEPTED ||
	             d->item.state == EXCHANGE_RETURNED,
	     "its sender knows");
	must(w, d->n_business == a->n_business, "every word of people is heard exactly once");
	must(w, !last || s->current == i, "the last document stands above");
	must(w, !last || s->standing != STANDING_ACCEPTED || d->said == EXCHANGE_ACCEPTED,
	     "who was accepted knows it");
	must(w, !last || s->standing != STANDING_RETURNED || d->said == EXCHANGE_RETURNED,
	     "who was returned knows it");
}

static void start(struct world *w, uint64_t schedule)
{
	*w = (struct world){ .random = schedule * 0x2545f4914f6cdd1d + 1,
		             .now_us = INT64_C(1710496800000000) };
	w->bad_chain = draw(w, 3) == 0 ? (int)draw(w, MOST_CHAINS) : -1;
	for (int i = 0; i < OFFICES; i++) {
		w->offices[i].clock_off_us = ((int64_t)draw(w, 800) - 400) * US_PER_DAY;
		for (int c = 0; c < MOST_CHAINS; c++)
			w->offices[i].chains[c] =
			        (struct standing){ .current = -1,
				                   .unit_known = draw(w, 4) != 0 };
	}
	if (w->bad_chain >= 0)
		w->offices[1].chains[w->bad_chain].unit_known = false;
}

static int run(struct world *w, uint64_t schedule)
{
	int documents = 0;

	start(w, schedule);
	for (int i = 0; i < STEPS && !w->broken; i++)
		step(w);
	w->calm = true;
	for (int round = 0; round < ROUNDS && !w->broken; round++)
		mend(w, round);
	for (int office = 0; office + 1 < OFFICES; office++) {
		for (int i = 0; i < w->offices[office].n_documents && !w->broken; i++)
			check_document(w, office, i);
		documents += w->offices[office].n_documents;
		must(w, w->offices[office].cursor == w->offices[office + 1].n_words,
		     "every word was read");
	}
	return documents;
}

static uint64_t asked(const char *name, uint64_t otherwise)
{
	const char *text = getenv(name);
	long long n;

	return text && str_to_int(text, &n) && n >= 0 ? (uint64_t)n : otherwise;
}

static void nothing_lost_nothing_doubled_nothing_blocked(void **state)
{
	uint64_t n = asked("SCHEDULES", 100000), first = asked("SEED", 1);
	static struct world w;
	long documents = 0;

	(void)state;
	for (uint64_t i = 0; i < n; i++) {
		documents += run(&w, first + i);
		if (w.broken)
			print_error("schedule %llu: not so: %s\n",
			            (unsigned long long)(first + i), w.broken);
		assert_null(w.broken);
	}
	print_message("%llu schedules from %llu on, %ld documents\n", (unsigned long long)n,
	              (unsigned long long)first, documents);
	assert_true(n < 1000 || documents > (long)n * 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_lost_nothing_doubled_nothing_blocked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
