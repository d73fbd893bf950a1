// Moments at the desk: "trả ngay" from the keyboard alone, what a wrong form says, two officers
// with one dossier, an expired session, the pages of errors, paper, and the weight of a first page.
import http from "node:http";
import { account, accessible, assert, fits, launch, login, openContext, PHONE, report, serve, WIDE } from "./lib.mjs";

const site = await serve({ dossiers: 600 });
const browser = await launch();
const officer = account("motcua");

async function desk(options) {
	const context = await openContext(browser, site, options);
	const page = await context.newPage();
	await login(page, officer);
	return page;
}
const sound = async (page, what) => {
	const wrong = [];
	for (const size of [WIDE, PHONE]) {
		await page.setViewportSize(size);
		wrong.push(...await accessible(page, what), ...await fits(page, what));
	}
	await page.setViewportSize(WIDE);
	assert.deepEqual(wrong, []);
};
const firstOpen = async (page) => {
	await page.goto("/dossiers/new");
	await page.keyboard.type("ket hon");
	await page.keyboard.press("Enter");
	await page.locator("input[type=hidden][name=procedure]").waitFor({ state: "attached" });
	await page.fill("#f-name", "Phạm Văn Thử");
	await page.keyboard.press("F9");
	await page.waitForURL("**/received*");
	await page.getByRole("link", { name: "Mở hồ sơ" }).click();
	await page.waitForURL(/\/dossiers\/\d+$/);
	return page.url();
};

// Bytes on the wire, with headers left out.
const weigh = (to, cookie) => new Promise((resolve, reject) => {
	http.get(new URL(to, site.url), { headers: { cookie, "accept-encoding": "gzip" } }, (answer) => {
		let bytes = 0;
		answer.on("data", (chunk) => { bytes += chunk.length; }).on("end", () => resolve(bytes));
	}).on("error", reject);
});

const checks = {
	async "trả ngay: some words, a name, a quantity, one key"() {
		const page = await desk();
		await page.goto("/desk");
		await page.keyboard.press("F8");
		await page.waitForURL("**/dossiers/quick");
		await page.keyboard.type("ban sao");
		await page.keyboard.press("Enter");
		await page.locator("#f-name:focus").waitFor();
		await page.keyboard.type("Ngô Thị Nhanh");
		await page.keyboard.press("Tab");
		await page.keyboard.press("Control+A");
		await page.keyboard.type("12");
		await page.keyboard.press("F9");
		const done = page.locator(".alert.ok");
		await done.waitFor();
		assert.match(await done.innerText(), /Ngô Thị Nhanh[^]*số lượng 12/);
		const first = await done.locator("a.code").innerText();
		await page.keyboard.press("F10");
		await page.waitForFunction((code) => !document.querySelector(".alert.ok a.code")?.textContent.includes(code), first);
		assert.match(await done.innerText(), /Ngô Thị Nhanh[^]*số lượng 12/);
		assert.notEqual(await done.locator("a.code").innerText(), first);
		await sound(page, "trả ngay");
	},
	async "a wrong form says what and where, and keeps what was typed"() {
		const page = await desk();
		await page.goto("/dossiers/new?q=khai");
		await page.locator("input[name=procedure]").first().click();
		await page.locator("input[type=hidden][name=procedure]").waitFor({ state: "attached" });
		await page.fill("#f-name", "Đỗ Thị Sai");
		await page.fill("#f-phone", "12ab");
		await page.fill("#f-identity_number", "12");
		await page.locator("button[value=receive]").click();
		const summary = page.locator("#problems");
		await summary.waitFor();
		assert.match(await summary.innerText(), /Có 2 chỗ cần sửa/);
		for (const field of ["phone", "identity_number"]) {
			assert.equal(await summary.locator(`a[href="#f-${field}"]`).count(), 1);
			assert.equal(await page.locator(`#f-${field}`).getAttribute("aria-invalid"), "true");
			assert.match(await page.locator(`#p-${field}`).innerText(), /^\s*Lỗi: /);
		}
		assert.equal(await page.inputValue("#f-phone"), "12ab");
		assert.equal(await page.inputValue("#f-name"), "Đỗ Thị Sai");
		await sound(page, "a wrong form");
	},
	async "two officers, one dossier: the second sees the change and keeps the words"() {
		const one = await desk(), two = await desk();
		const url = await firstOpen(one);
		await one.goto(`${url}/edit`);
		await two.goto(`${url}/edit`);
		await one.fill("#f-address", "Số 1, thôn Mẫu");
		await one.keyboard.press("F9");
		await one.waitForURL(/\/dossiers\/\d+(\?.*)?$/);
		await two.fill("#f-summary", "Những gì tôi gõ");
		await two.keyboard.press("F9");
		await two.getByText("Người khác vừa sửa hồ sơ này").waitFor();
		assert.equal(await two.inputValue("#f-summary"), "Những gì tôi gõ");
		await sound(two, "a conflict");
	},
	async "an expired session gives the filled form back after the login"() {
		const page = await desk();
		const url = await firstOpen(page);
		await page.goto(`${url}/edit`);
		await page.fill("#f-summary", "Gõ trước khi hết phiên");
		await page.context().clearCookies();
		await page.keyboard.press("F9");
		await page.getByText("Phiên làm việc đã hết hạn").waitFor();
		await page.getByLabel("Tên đăng nhập").fill(officer.name);
		await page.getByLabel("Mật khẩu").fill(officer.password);
		await page.getByRole("button", { name: "Đăng nhập" }).click();
		await page.locator("#f-summary").waitFor();
		assert.equal(await page.inputValue("#f-summary"), "Gõ trước khi hết phiên");
		await page.keyboard.press("F9");
		await page.locator("dd").getByText("Gõ trước khi hết phiên").waitFor();
	},
	async "no page and no permission are said in the program's own frame"() {
		const page = await desk();
		for (const [to, status] of [["/no-such-page", 404], ["/dossiers/123", 404], ["/accounts", 403]]) {
			assert.equal((await page.goto(to)).status(), status);
			assert.equal(await page.locator("h1").count(), 1);
			await sound(page, to);
		}
	},
	async "paper has the content and not the frame"() {
		const page = await desk();
		await page.goto("/dossiers");
		await page.emulateMedia({ media: "print" });
		for (const hidden of [".top", ".menu", ".foot", ".filters"]) assert.equal(await page.locator(hidden).first().isVisible(), false, hidden);
		assert.equal(await page.locator("table.list").isVisible(), true);
		assert.equal(await page.locator("h1").isVisible(), true);
	},
	async "the menu opens on a phone without script"() {
		const page = await desk({ javaScriptEnabled: false, viewport: PHONE });
		await page.goto("/desk");
		assert.equal(await page.locator("nav.menu").isVisible(), false);
		await page.getByRole("button", { name: "Danh mục" }).click();
		await page.locator("nav.menu").getByRole("link", { name: "Hồ sơ" }).click();
		await page.waitForURL("**/dossiers");
	},
	async "a first page weighs at most 60 KB on the wire"() {
		const page = await desk();
		await page.goto("/desk");
		const cookie = (await page.context().cookies()).map((c) => `${c.name}=${c.value}`).join("; ");
		const parts = await page.locator("link[href], script[src], use").evaluateAll((all) => [...new Set(all.map((e) => (e.getAttribute("href") ?? e.getAttribute("src")).split("#")[0]))]);
		let bytes = await weigh("/desk", cookie);
		for (const part of parts) bytes += await weigh(part, cookie);
		console.log(`        ${bytes} bytes: the desk with ${parts.length} files`);
		assert.ok(parts.length >= 4 && bytes <= 60 * 1024, `${bytes} bytes`);
	},
};
let good = true;
try {
	for (const [name, check] of Object.entries(checks)) good = await report(name, check) && good;
} finally {
	await browser.close();
	await site.stop();
}
process.exit(good ? 0 : 1);
