#include "app/journal/journal_verify_store.h"
#include "app/verify/verify_store.h"

enum err verify_journal(struct verify *v)
{
	struct journal_verdict verdict;
	const char *text;

	TRY(journal_verify(&verdict, v->db));
	if (verdict.fault == JOURNAL_SOUND)
		return ERR_OK;
	TRY(journal_fault_text(&text, v->arena, &verdict));
	return verify_found(v, MSG_JOURNAL_FAULT, text);
}
