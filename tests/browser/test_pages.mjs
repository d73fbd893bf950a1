// Every page of routes.def that a link leads to, at 1280 and at 390 px: nothing serious for axe,
// nothing wider than the window, no error in the console, nothing asked of another server.  A
// page that no link of any role reaches is an error of the site, or is listed below.
import { readFileSync } from "node:fs";
import path from "node:path";
import { accounts, accessible, assert, fits, get, launch, login, openContext, PHONE, report, root, serve, WIDE } from "./lib.mjs";

// Reached otherwise than by a link.
const NOT_LINKED = new Set([
	"dossier_received", // seen by the journey
	"procedure_search", // JSON
	"exchange_answers", // JSON, for other installations
	"exchange_file", // linked once a package came or went; tests/page/test_access.c asks for it
	"report_moved_show", // these two linked once a report is signed; tests/page/test_report_page.c asks for them
	"report_package_file",
	"journal_digest_show", // linked once a day is over; tests/page/test_journal_page.c asks for it
]);

const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const routes = [...readFileSync(path.join(root, "src/web/routes.def"), "utf8").matchAll(/^ROUTE\(GET,\s*"([^"]+)",\s*(\w+),\s*(\w+)/gm)]
	.filter(([, , , how]) => how !== "ALONE") // for machines, not people
	.map(([, pattern, handler]) => ({
		pattern, handler,
		matches: new RegExp(`^${pattern.split("/").map((s) => (s.startsWith(":") ? "[^/]+" : escape(s))).join("/")}$`),
	}))
	.sort((a, b) => a.pattern.split(":").length - b.pattern.split(":").length); // literal before captured
const routeOf = (pathname) => routes.find((r) => r.matches.test(pathname));

const VISITS = 2; // of one route by one role: a list's first rows, not all of them

async function walk(browser, site, account, audited, reached) {
	const context = await openContext(browser, site);
	const page = await context.newPage();
	const wrong = [];
	await login(page, account);
	const queue = [new URL(page.url()).pathname];
	const visits = new Map();
	const known = new Set(queue);
	while (queue.length > 0) {
		const to = queue.shift();
		const route = routeOf(new URL(to, site.url).pathname);
		if (!route) { wrong.push(`${account.name}: ${to} is linked but is no route`); continue; }
		if ((visits.get(route) ?? 0) >= VISITS) continue;
		visits.set(route, (visits.get(route) ?? 0) + 1);
		const answer = await get(context, site, to);
		reached.add(route.handler);
		if (![200, 303].includes(answer.status)) { wrong.push(`${account.name}: ${to} answers ${answer.status}`); continue; }
		if (answer.status === 200 && !answer.type.startsWith("text/html")) continue;
		await page.goto(to);
		if (!audited.has(route)) {
			audited.add(route);
			for (const [name, size] of [["1280", WIDE], ["390", PHONE]]) {
				await page.setViewportSize(size);
				wrong.push(...await accessible(page, `${to} at ${name}`), ...await fits(page, `${to} at ${name}`));
			}
			await page.setViewportSize(WIDE);
			assert.equal(await page.locator("h1").count(), 1, `${to} has one h1`);
		}
		for (const href of await page.locator("a[href]").evaluateAll((links) => links.map((a) => a.href))) {
			const url = new URL(href);
			if (url.origin !== site.url || url.pathname.startsWith("/static/")) continue;
			const next = url.pathname + url.search;
			if (!known.has(next)) { known.add(next); queue.push(next); }
		}
	}
	wrong.push(...context.complaints.map((c) => `${account.name}: ${c}`));
	await context.close();
	return wrong;
}

const site = await serve();
const browser = await launch();
const audited = new Set(), reached = new Set();
let good = true;
try {
	good = await report("the login page", async () => {
		const context = await openContext(browser, site);
		const page = await context.newPage();
		for (const size of [WIDE, PHONE]) {
			await page.setViewportSize(size);
			await page.goto("/login");
			assert.deepEqual([...await accessible(page, "/login"), ...await fits(page, "/login")], []);
		}
		reached.add("login_show");
		await context.close();
	}) && good;
	for (const account of accounts())
		good = await report(`every page for ${account.name}`, async () => {
			const wrong = await walk(browser, site, account, audited, reached);
			assert.equal(wrong.length, 0, wrong.join("\n"));
		}) && good;
	good = await report(`every GET route was reached (${reached.size})`, async () => {
		const missing = routes.filter((r) => !reached.has(r.handler) && !NOT_LINKED.has(r.handler) && !r.pattern.startsWith("/static/"));
		assert.deepEqual(missing.map((r) => `${r.pattern} (${r.handler})`), []);
	}) && good;
} finally {
	await browser.close();
	await site.stop();
}
process.exit(good ? 0 : 1);
