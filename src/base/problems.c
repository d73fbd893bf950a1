#include "base/problems.h"

#include "base/str.h"

enum { MOST_KEPT = 1000 };

void problems_init(struct problems *p, struct arena *arena)
{
	*p = (struct problems){ .arena = arena };
}

enum err problems_add(struct problems *p, const char *field, int line, const char *message)
{
	struct problem *one;

	if (p->n++ >= MOST_KEPT)
		return ERR_OK;
	TRY(arena_new(p->arena, &one));
	*one = (struct problem){ .field = field, .message = message, .line = line };
	if (p->last)
		p->last->next = one;
	else
		p->first = one;
	p->last = one;
	return ERR_OK;
}

enum err problems_fill(struct problems *p, const char *field, int line, enum msg id,
                       const char *const *args)
{
	const char *message;

	TRY(msg_fill(&message, p->arena, id, args));
	return problems_add(p, field, line, message);
}

const char *problems_for(const struct problems *p, const char *field)
{
	for (const struct problem *one = p->first; one; one = one->next)
		if (str_eq(one->field, field))
			return one->message;
	return NULL;
}
