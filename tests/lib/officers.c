#include "lib/officers.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { RETRY_US = 3000, REST_SECONDS = 120, FINISH_ONE_OF = 3 };

static const char password[] = "thu-nghiem-2026";

static uint64_t next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

static void fail_with(struct officer *w, const char *what, int status)
{
	struct officers *o = w->all;

	pthread_mutex_lock(&o->lock);
	if (!*o->failure)
		snprintf(o->failure, sizeof(o->failure), "%s: %s answered %d: %.200s", w->login,
		         what, status, w->client.answer);
	o->working = false;
	pthread_mutex_unlock(&o->lock);
}

/* ---- logging in ---- */

/* "name=value" of the cookie `name` in the last answer. */
static bool read_cookie(struct officer *w, const char *name)
{
	char mark[64];
	const char *at;

	snprintf(mark, sizeof(mark), "Set-Cookie: %s=", name);
	at = strcasestr(w->client.answer, mark);
	if (!at)
		return false;
	at += strlen("Set-Cookie: ");
	snprintf(w->cookie, sizeof(w->cookie), "%.*s", (int)strcspn(at, ";\r"), at);
	return true;
}

static bool read_tokens(struct officer *w)
{
	if (!http_client_input(&w->client, "csrf", w->csrf, sizeof(w->csrf)) ||
	    !http_client_input(&w->client, "request_id", w->page_id, sizeof(w->page_id)))
		return false;
	*strrchr(w->page_id, '-') = '\0';
	return true;
}

static bool log_in(struct officer *w)
{
	char form[OFFICER_FORM];
	int status = http_client_ask(&w->client, "GET", "/login", "", "");

	if (status != 200 || !read_cookie(w, "__Host-visit") || !read_tokens(w)) {
		fail_with(w, "the login page", status);
		return false;
	}
	snprintf(form, sizeof(form), "csrf=%s&request_id=%s-1&name=%s&password=%s", w->csrf,
	         w->page_id, w->login, password);
	status = http_client_ask(&w->client, "POST", "/login", w->cookie, form);
	if (status != 303 || !read_cookie(w, "__Host-session")) {
		fail_with(w, "the login", status);
		return false;
	}
	status = http_client_ask(&w->client, "GET", "/dossiers/new", w->cookie, "");
	if (status != 200 || !read_tokens(w)) {
		fail_with(w, "the form", status);
		return false;
	}
	return true;
}

/* ---- forms ---- */

static void write_intake(struct officer *w, char form[OFFICER_FORM])
{
	snprintf(w->path, sizeof(w->path), "/dossiers/new");
	snprintf(
	        form, OFFICER_FORM,
	        "csrf=%s&request_id=%s-%ld&procedure=%lld&parts=1&part=0&name=Nguy%%E1%%BB%%85n"
	        "+V%%C4%%83n+%%C4%%90o+M%%E1%%BA%%ABu&kind=person&address=Th%%C3%%B4n+1"
	        "&channel=counter&delivery=counter&quantity=1&step=receive",
	        w->csrf, w->page_id, ++w->n_forms, (long long)w->all->procedure);
}

static void write_finish(struct officer *w, char form[OFFICER_FORM])
{
	snprintf(w->path, sizeof(w->path), "/dossiers/%lld/do/finish",
	         (long long)w->next_to_finish);
	snprintf(form, OFFICER_FORM, "csrf=%s&request_id=%s-%ld&revision=1", w->csrf,
	         w->page_id, ++w->n_forms);
}

static void write_form(struct officer *w)
{
	char form[OFFICER_FORM];

	w->finishing = w->next_to_finish && next_random(&w->random) % FINISH_ONE_OF == 0;
	if (w->finishing)
		write_finish(w, form);
	else
		write_intake(w, form);
	snprintf(w->form, sizeof(w->form), "%s", form);
	w->next_to_finish = 0;
	w->pending = true;
}

static void remember(struct officer *w, int64_t dossier)
{
	if (w->n_done == w->room) {
		w->room = w->room ? w->room * 2 : 1024;
		w->done = realloc(w->done, w->room * sizeof(*w->done));
		if (!w->done)
			abort();
	}
	w->done[w->n_done++] = (struct officer_done){ dossier, w->finishing };
	w->next_to_finish = w->finishing ? 0 : dossier;
	w->pending = false;
	atomic_fetch_add(&w->all->n_answered, 1);
}

static void send_form(struct officer *w)
{
	char to[200] = "";
	int status = http_client_ask(&w->client, "POST", w->path, w->cookie, w->form);
	long long dossier = 0;

	if (status == 0 || status == 503) {
		w->n_sent_again++;
		w->n_unavailable += status == 503;
		usleep(RETRY_US);
		return;
	}
	(void)http_client_header(&w->client, "Location", to, sizeof(to));
	if (status == 303 && strncmp(to, "/dossiers/", 10) == 0)
		dossier = strtoll(to + 10, NULL, 10);
	if (dossier > 0) {
		remember(w, dossier);
		return;
	}
	fail_with(w, w->path, status);
	w->pending = false;
}

/* ---- together ---- */

/* False: it is time to leave. */
static bool wait_for_work(struct officer *w)
{
	struct officers *o = w->all;

	pthread_mutex_lock(&o->lock);
	o->n_idle++;
	pthread_cond_broadcast(&o->changed);
	while (!o->working && !o->leaving)
		pthread_cond_wait(&o->changed, &o->lock);
	o->n_idle--;
	bool goes_on = !o->leaving;
	pthread_mutex_unlock(&o->lock);
	return goes_on;
}

static bool may_begin(struct officers *o)
{
	pthread_mutex_lock(&o->lock);
	bool may = o->working;
	pthread_mutex_unlock(&o->lock);
	return may;
}

static void *work(void *arg)
{
	struct officer *w = arg;

	while (wait_for_work(w))
		while (w->pending || may_begin(w->all)) {
			if (!w->pending)
				write_form(w);
			send_form(w);
		}
	return NULL;
}

bool officers_start(struct officers *o, int port, int64_t procedure, const char *const *logins,
                    int n, uint64_t seed)
{
	*o = (struct officers){ .port = port, .procedure = procedure };
	pthread_mutex_init(&o->lock, NULL);
	pthread_cond_init(&o->changed, NULL);
	for (; o->n < n && o->n < OFFICERS_MOST; o->n++) {
		struct officer *w = &o->at[o->n];

		*w = (struct officer){ .all = o,
			               .random = (seed + (uint64_t)o->n + 1) *
			                         UINT64_C(0x9e3779b97f4a7c15) };
		http_client_init(&w->client, port);
		snprintf(w->login, sizeof(w->login), "%s", logins[o->n]);
		if (!log_in(w)) {
			http_client_release(&w->client);
			return false;
		}
		pthread_create(&w->thread, NULL, work, w);
	}
	return true;
}

void officers_work(struct officers *o)
{
	pthread_mutex_lock(&o->lock);
	o->working = true;
	pthread_cond_broadcast(&o->changed);
	pthread_mutex_unlock(&o->lock);
}

bool officers_rest(struct officers *o)
{
	struct timespec until;
	int late = 0;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += REST_SECONDS;
	pthread_mutex_lock(&o->lock);
	o->working = false;
	while (o->n_idle < o->n && late != ETIMEDOUT)
		late = pthread_cond_timedwait(&o->changed, &o->lock, &until);
	bool idle = o->n_idle == o->n;
	pthread_mutex_unlock(&o->lock);
	return idle;
}

void officers_stop(struct officers *o)
{
	pthread_mutex_lock(&o->lock);
	o->leaving = true;
	o->working = false;
	pthread_cond_broadcast(&o->changed);
	pthread_mutex_unlock(&o->lock);
	for (int i = 0; i < o->n; i++) {
		pthread_join(o->at[i].thread, NULL);
		http_client_release(&o->at[i].client);
		free(o->at[i].done);
	}
	pthread_cond_destroy(&o->changed);
	pthread_mutex_destroy(&o->lock);
}
