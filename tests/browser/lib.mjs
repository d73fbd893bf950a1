// lib.mjs - a served demo database, a browser, and the questions every page is asked.
import assert from "node:assert/strict";
import { spawn, execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import { chromium } from "playwright-core";

export const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), "../..");
const cchc = path.join(root, "build/cchc");
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const WIDE = { width: 1280, height: 900 };
export const PHONE = { width: 390, height: 844 };

export function run(...args) {
	return execFileSync(cchc, args, { encoding: "utf8", maxBuffer: 1 << 26, cwd: root });
}

// The demo's accounts: { name, password, about }.
export function accounts() {
	const [head, ...lines] = run("demo", "--accounts").trimEnd().split("\n");
	const password = head.split(" ").at(-1);
	return lines.map((line) => {
		const [, name, about] = line.match(/^\s+(\S+)\s+(.*)$/);
		return { name, password, about };
	});
}
export const account = (name) => accounts().find((a) => a.name === name);

const freePort = () => new Promise((resolve, reject) => {
	const probe = net.createServer().on("error", reject);
	probe.listen(0, "127.0.0.1", () => {
		const { port } = probe.address();
		probe.close(() => resolve(port));
	});
});

async function untilAnswers(url, child) {
	for (let tries = 0; tries < 200; tries++) {
		if (child.exitCode !== null) throw new Error(`serve ended with ${child.exitCode}`);
		try {
			if ((await fetch(`${url}/login`)).ok) return;
		} catch { /* not listening yet */ }
		await new Promise((later) => setTimeout(later, 50));
	}
	throw new Error("serve does not answer");
}

// Where a new, empty database is: a file in `dir`, or, when CCHC_TEST_DB names a PostgreSQL cluster, a
// database in it; and what removes it.
function newDatabase(dir) {
	const cluster = process.env.CCHC_TEST_DB;
	if (!cluster) return { db: path.join(dir, "demo.db"), drop: () => {} };
	const name = path.basename(dir).replace("-", "_");
	const psql = (statement) => execFileSync("psql", ["-q", cluster, "-c", statement]);
	psql(`create database "${name}"`);
	return { db: cluster.replace(/\/postgres\?/, `/${name}?`), drop: () => psql(`drop database "${name}" with (force)`) };
}

// A demo database of its own, served on a port that was free.
export async function serve({ dossiers = 3000, seed = 7 } = {}) {
	const dir = mkdtempSync(path.join(root, "build/browser-"));
	const { db, drop } = newDatabase(dir);
	run("demo", "--db", db, "--dossiers", String(dossiers), "--seed", String(seed));
	const url = `http://127.0.0.1:${await freePort()}`;
	const child = spawn(cchc, ["serve", "--db", db, "--listen", url.slice(7)], { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
	await untilAnswers(url, child);
	const stop = async () => {
		child.kill("SIGTERM");
		await new Promise((ended) => (child.exitCode === null ? child.once("exit", ended) : ended()));
		drop();
		rmSync(dir, { recursive: true, force: true });
	};
	return { url, db, dir, stop };
}

export const launch = () => chromium.launch({
	executablePath: "/usr/bin/chromium",
	args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync"],
});

// A context whose pages must not log errors, fail requests or ask anybody but our server.
export async function openContext(browser, site, options = {}) {
	const context = await browser.newContext({ baseURL: site.url, locale: "vi-VN", timezoneId: "Asia/Ho_Chi_Minh", viewport: WIDE, acceptDownloads: true, ...options });
	context.setDefaultTimeout(10000);
	const complaints = [];
	context.on("request", (r) => { if (!r.url().startsWith(site.url)) complaints.push(`request to ${r.url()}`); });
	context.on("weberror", (e) => complaints.push(`script error: ${e.error()}`));
	context.on("console", (m) => { if (m.type() === "error" && !/status of 4\d\d/.test(m.text())) complaints.push(`console: ${m.text()}`); });
	context.complaints = complaints;
	return context;
}

// A file, with the cookies of the context (Playwright's own requests leave Secure ones out on loopback).
export async function get(context, site, to) {
	const cookie = (await context.cookies()).map((c) => `${c.name}=${c.value}`).join("; ");
	const answer = await fetch(new URL(to, site.url), { headers: { cookie }, redirect: "manual" });
	return { status: answer.status, type: answer.headers.get("content-type") ?? "", bytes: Buffer.from(await answer.arrayBuffer()) };
}

export async function login(page, account) {
	await page.goto("/login");
	await page.getByLabel("Tên đăng nhập").fill(account.name);
	await page.getByLabel("Mật khẩu").fill(account.password);
	await page.getByRole("button", { name: "Đăng nhập" }).click();
	await page.waitForURL((url) => url.pathname !== "/login");
	await page.locator("details.user").waitFor();
	if (new URL(page.url()).pathname === "/login/place") await page.locator("main form button").first().click();
}

// WCAG 2.2 AA by axe: nothing serious, nothing critical.
export async function accessible(page, what) {
	await page.evaluate(axeSource);
	const found = await page.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
	const grave = found.violations.filter((v) => ["serious", "critical"].includes(v.impact));
	return grave.map((v) => `${what}: axe ${v.id} (${v.impact}): ${v.nodes.slice(0, 3).map((n) => n.target.join(" ") + " " + n.html.slice(0, 120)).join(" | ")}`);
}

export async function fits(page, what) {
	const { scroll, inner, widest } = await page.evaluate(() => {
		const inner = document.documentElement.clientWidth;
		const wide = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > inner + 1 && !e.closest(".table-wrap"));
		return { scroll: document.documentElement.scrollWidth, inner, widest: wide.slice(0, 3).map((e) => `${e.tagName}.${e.className}`) };
	});
	return scroll > inner ? [`${what}: ${scroll} px wide in a window of ${inner} (${widest.join(", ")})`] : [];
}

// Pictures go to build/, so that a test leaves no change behind; `make screenshots` renews docs/.
export const pictures = path.join(root, process.env.PICTURES || (process.env.CCHC_TEST_DB ? "build/screenshots-postgresql" : "build/screenshots"));
mkdirSync(pictures, { recursive: true });
export const screenshot = (page, name) => page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: false });

// Runs named checks one after another; each says ok or what is wrong.
export async function report(name, check) {
	try {
		await check();
		console.log(`ok      ${name}`);
		return true;
	} catch (e) {
		console.log(`FAILED  ${name}\n${e.stack ?? e}`);
		return false;
	}
}
export { assert };
