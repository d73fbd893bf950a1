# The whole build.  make, make test, make lint, make bench; see CONTRIBUTING.md.
# Nothing here names a subject: adding a page, query, form, table, test or command edits no line.
FLAVOR ?= release
, := ,
B      := build/$(FLAVOR)
G      := build/gen
CC     ?= cc
# make V=1 shows whole commands.
say     = $(if $V,,@echo "  $@";)
PKGS   := libmicrohttpd sqlite3 libpq expat libzip xlsxwriter pangocairo libsodium libcrypto libutf8proc zlib libisal libzstd libcurl
WARN   := -Wall -Wextra -Wpedantic -Werror -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
          -Wformat=2 -Wvla -Wswitch-enum -Wcast-qual -Wwrite-strings -Wundef
CFLAGS_release := -O2 -g -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
CFLAGS_asan    := -O1 -g -DARENA_DEBUG -fsanitize=address,undefined -fno-sanitize-recover=all \
                  -fno-omit-frame-pointer
CFLAGS_fuzz    := -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
LDFLAGS_release := -pie -Wl,-z,relro,-z,now
LDFLAGS_asan    := -fsanitize=address,undefined
LDFLAGS_fuzz    := -fsanitize=address,undefined
PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS) | sed 's/-I/-isystem /g')
PKG_LIBS   := $(shell pkg-config --libs $(PKGS)) -lzint -lm
CFLAGS  := -std=c17 -D_GNU_SOURCE -Isrc -I$G -Itests -include base/banned.h $(WARN) $(PKG_CFLAGS) $(CFLAGS_$(FLAVOR)) -pthread
LDFLAGS := $(LDFLAGS_$(FLAVOR)) -pthread

SRC      := $(filter-out src/main.c,$(shell find src -name '*.c'))
HTML     := $(shell find src -name '*.html')
SQL      := $(shell find src -name '*.sql')
MESSAGES := $(sort $(shell find src -name '*_messages.def'))
MIGRATIONS := $(sort $(wildcard migrations/*.sql))
EMBEDDED := $(sort $(shell find static forms narratives migrations demo paper -type f 2>/dev/null))
GEN_C    := $(HTML:src/%=$G/%.c) $(SQL:src/%=$G/%.c) $G/gen/embedded.c $G/gen/queries.c
GEN_H    := $G/gen/messages.def $G/gen/pages.h $G/gen/links.h $(SQL:src/%=$G/%.h)
OBJ      := $(SRC:%.c=$B/%.o) $(GEN_C:$G/%.c=$B/gen/%.o)
TESTLIB  := $(patsubst %.c,$B/%.o,$(wildcard tests/lib/*.c))
FUZZERS  := $(patsubst tests/%.c,$B/tests/%,$(wildcard tests/fuzz/fuzz_*.c))
BENCHES  := $(patsubst tests/%.c,$B/tests/%,$(wildcard tests/bench/bench_*.c))
TESTS    := $(patsubst tests/%.c,$B/tests/%,$(wildcard tests/unit/*.c tests/page/*.c tests/store/*.c))

.PHONY: deb all run test test-long lint format bench scale crash fuzz screenshots clean audit-corpus bench-audit test-binaries fuzz-replays fuzz-targets benches generated
.SECONDARY:
all: build/cchc
build/cchc: $B/cchc
	@cp $< $@.tmp && mv $@.tmp $@
run: build/cchc
	./run
test:
	@tests/run.sh
test-long:
	@LONG=1 tests/run.sh
lint: generated
	@tools/lint.sh
format:
	@find src tools tests -name '*.[ch]' | xargs clang-format -i
bench: build/cchc
	@tests/bench/run.sh
# Partitions, three servers, a failover; needs patroni, python3-etcd, etcd-server.
scale: build/cchc
	@tests/scale/partitions.sh && tests/scale/shards.sh && tests/scale/patroni.sh
# make crash KILLS=1000 DB=sqlite
crash: build/cchc
	@KILLS="$(or $(KILLS),1000)" DB="$(DB)" SEED="$(SEED)" tests/crash/run.sh
fuzz:
	@tests/fuzz/run.sh
# Invented reports, apart from the rules of the auditor: tests/audit/README.md.
audit-corpus: build/cchc build/audit/judge
	@tests/audit/run.sh
# make bench-audit REPORTS=1000: so many planted faults of every kind, so many sound reports.
bench-audit: build/cchc build/audit/judge build/audit/generate
	@tests/audit/bench.sh $(REPORTS)
screenshots: build/cchc
	@mkdir -p docs/screenshots && PICTURES=docs/screenshots node tests/browser/test_journey.mjs && PICTURES=docs/screenshots node tests/browser/test_audit.mjs && PICTURES=docs/screenshots node tests/browser/test_report.mjs
clean:
	rm -rf build
test-binaries: $(TESTS)
fuzz-replays: $(FUZZERS)
fuzz-targets: $(FUZZERS)
benches: $(BENCHES)
generated: $(GEN_H) $(GEN_C)

# What one test alone needs.
LIBS_test_vntext := -licui18n -licuuc
# Our own calls go through tests/lib/fault.c.
FAULT_LINK := $(addprefix -Wl$(,)--wrap=,malloc calloc realloc strdup PQexec PQexecPrepared PQsendQueryPrepared PQsendQueryParams)
LIBS_test_faults_operations := $(FAULT_LINK)

# Generators.
$G/gen/messages.def: $(MESSAGES)
	@mkdir -p $(@D)
	@cat $(MESSAGES) >$@
$G/gen/pages.h $G/gen/links.h &: src/web/routes.def build/tools/mkroutes
	@mkdir -p $(@D)
	$(say)build/tools/mkroutes src/web/routes.def $G/gen/pages.h $G/gen/links.h
$G/gen/embedded.c: $(EMBEDDED) build/tools/embed
	@mkdir -p $(@D)
	$(say)build/tools/embed $@ $(EMBEDDED)
$G/%.html.c: src/%.html build/tools/mktmpl
	@mkdir -p $(@D)
	$(say)build/tools/mktmpl $< $@
$G/%.sql.h $G/%.sql.c &: src/%.sql build/tools/mksql $(MIGRATIONS)
	@mkdir -p $(@D)
	$(say)build/tools/mksql $< $G/$*.sql.h $G/$*.sql.c $(MIGRATIONS)
$G/gen/queries.c: $(SQL) build/tools/mksql
	@mkdir -p $(@D)
	$(say)build/tools/mksql --list $@ $(SQL)
# A tool is tools/x.c and, when that would be too long, the files of tools/x/ beside it.
.SECONDEXPANSION:
build/tools/%: tools/%.c $$(wildcard tools/$$*/*.c tools/$$*/*.h)
	@mkdir -p $(@D)
	$(say)$(CC) -std=c17 -D_GNU_SOURCE $(WARN) -Itools -Isrc -O1 -g -o $@ $(filter %.c,$^)

# What judges the auditor shares no code with it.
build/audit/judge: tests/audit/judge.c tests/audit/finding.c tests/audit/finding.h
	@mkdir -p $(@D)
	$(say)$(CC) -std=c17 -D_GNU_SOURCE $(WARN) -O1 -g -o $@ $(filter %.c,$^)

build/audit/generate: $(wildcard tests/audit/generate.c tests/audit/generate/*.c tests/audit/generate/*.h)
	@mkdir -p $(@D)
	$(say)$(CC) -std=c17 -D_GNU_SOURCE $(WARN) -Itests/audit -O1 -g -o $@ $(filter %.c,$^)

# Objects and programs.
$B/%.o: %.c | $(GEN_H)
	@mkdir -p $(@D)
	$(say)$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<
$B/gen/%.o: $G/%.c | $(GEN_H)
	@mkdir -p $(@D)
	$(say)$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<
# The version stands in one file and goes into one object.
VERSION ?= $(shell cat VERSION)
$B/src/base/version.o: CFLAGS += -DCCHC_VERSION='"$(shell cat VERSION)"'
$B/src/base/version.o: VERSION
$B/libcchc.a: $(OBJ)
	@rm -f $@
	@ar rcs $@ $^
$B/cchc: $B/src/main.o $B/libcchc.a
	$(say)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(PKG_LIBS)
# The same program under the version of a package: make deb VERSION=1.2.3 makes that one.
D := build/deb/$(VERSION)
$D/cchc: $B/src/main.o $B/libcchc.a src/base/version.c
	@mkdir -p $(@D)
	$(say)$(CC) $(CFLAGS) -DCCHC_VERSION='"$(VERSION)"' $(LDFLAGS) -o $@ $B/src/main.o src/base/version.c $B/libcchc.a $(PKG_LIBS)
$D/cchc.1: build/tools/mkman src/cli/commands.def src/base/settings.def
	@mkdir -p $(@D)
	$(say)build/tools/mkman $(VERSION) >$@
deb: $D/cchc $D/cchc.1
	@tools/deb.sh $(VERSION)
# Under FLAVOR=fuzz libFuzzer drives a target; otherwise it replays the files it is given.
$B/tests/fuzz/fuzz_%: $B/tests/fuzz/fuzz_%.o $(if $(filter fuzz,$(FLAVOR)),,$B/tests/fuzz/replay.o) $(TESTLIB) $B/libcchc.a
	$(say)$(CC) $(CFLAGS) $(LDFLAGS) $(if $(filter fuzz,$(FLAVOR)),-fsanitize=fuzzer) -o $@ $^ -lcmocka $(LIBS_$(@F)) $(PKG_LIBS)
$B/tests/%: $B/tests/%.o $(TESTLIB) $B/libcchc.a
	@mkdir -p $(@D)
	$(say)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ -lcmocka $(LIBS_$(@F)) $(PKG_LIBS)
-include $(shell find $B -name '*.d' 2>/dev/null)
