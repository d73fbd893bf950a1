#include "base/version.h"

const char cchc_version[] = CCHC_VERSION; /* the Makefile says it to this file alone */
