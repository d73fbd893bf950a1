/* slip_samples.h - one invented dossier and its slips, for the tests and the bench of
 * src/app/slip. */
#ifndef TESTS_SLIP_SAMPLES_H
#define TESTS_SLIP_SAMPLES_H

#include "app/slip/slip.h"

struct slip_dossier sample_dossier(void); /* received 07/02/2024: the forms of 2018 */
struct slip_dossier sample_dossier_2026(void);
struct slip_receipt sample_receipt(struct slip_dossier dossier);
struct slip_supplement sample_supplement(struct slip_dossier dossier);
struct slip_refusal sample_refusal(struct slip_dossier dossier);
struct slip_apology sample_apology(struct slip_dossier dossier);
struct slip_stop sample_stop(struct slip_dossier dossier);
struct slip_control sample_control(struct slip_dossier dossier);
/* `lines` has room for `n`; they repeat with different numbers. */
struct slip_follow_up sample_follow_up(struct slip_follow_up_line *lines, size_t n);
instant_t sample_created(void);

#endif
