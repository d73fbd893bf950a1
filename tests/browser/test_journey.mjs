// The line through the whole product, twice, with and without script: a dossier is taken in by
// keyboard, its receipt is read back, it is handed over, supplemented, finished and returned;
// then the figure of the form is one higher, its list holds the dossier, and so does the XLSX.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { account, assert, accessible, fits, get, launch, login, openContext, PHONE, pictures, report, run, screenshot, serve, WIDE } from "./lib.mjs";

const FORM = "bnv-2022/3", ROW = "3.3.1"; // dossiers that a commune received, settled in the period

// The report year that today belongs to: from 15/12 to 14/12.
// The day in Vietnam, without asking the machine for its time zones: a bare system has none.
const [year, month, day] = new Date(Date.now() + 7 * 3600e3).toISOString().slice(0, 10).split("-").map(Number);
const PERIOD = `${month === 12 && day >= 15 ? year + 1 : year}-Y`;

const FIGURE = `[id="r-${ROW}"] td.num a`;
const number = (text) => Number(text.replace(/\./g, "").replace(",", "."));

// Only the Tab key, as somebody without a mouse.
async function tabTo(page, selector) {
	for (let presses = 0; presses < 80; presses++) {
		if (await page.locator(`${selector}:focus`).count()) return;
		await page.keyboard.press("Tab");
	}
	throw new Error(`the Tab key does not reach ${selector} on ${page.url()}`);
}
const pressKey = async (page, js, key, selector) => {
	if (js) return page.keyboard.press(key);
	await tabTo(page, selector);
	return page.keyboard.press("Enter");
};

// Presses and waits until the next page is there; it may have the same address.
async function andLoad(page, press) {
	const loaded = page.waitForEvent("load");
	await press();
	await loaded;
}

async function figure(page, site) {
	await page.goto(`/forms/${FORM}?period=${PERIOD}`);
	const link = page.locator(FIGURE);
	const shown = number(await link.innerText());
	const { rows } = JSON.parse(run("form", "show", "--db", site.db, "--unit", site.unit, "--form", FORM, "--period", PERIOD, "--json"));
	assert.equal(Number(rows.find((r) => r.code === ROW).value), shown, "page and command agree");
	return { link, shown };
}

async function takeIn(page, js, person) {
	await page.goto("/desk");
	await pressKey(page, js, "F9", "a[data-key=F9]");
	await page.waitForURL("**/dossiers/new");
	await page.keyboard.type("chung thuc chu ky");
	await andLoad(page, () => page.keyboard.press("Enter"));
	if (!js) {
		await tabTo(page, "input[name=procedure]");
		await page.keyboard.press("Space");
		for (let back = 0; back < 10 && !(await page.locator("#pick:focus").count()); back++) await page.keyboard.press("Shift+Tab");
		await andLoad(page, () => page.keyboard.press("Enter"));
	}
	await page.locator("input[type=hidden][name=procedure]").waitFor({ state: "attached" });
	const procedure = (await page.locator(".facts b").first().innerText()).trim();
	assert.match(procedure, /^Chứng thực chữ ký/);
	await tabTo(page, "#f-identity_number");
	await page.keyboard.type(person.identity);
	await tabTo(page, "#f-phone");
	await page.keyboard.type(person.phone);
	await tabTo(page, "#f-name");
	await page.keyboard.type(person.name);
	await tabTo(page, "#f-address");
	await page.keyboard.type(person.address);
	await pressKey(page, js, "F9", "button[value=receive]");
	await page.waitForURL("**/received*");
	const code = (await page.locator(".figure.code").innerText()).trim();
	assert.match(code, /^H\d/);
	return { code, procedure };
}

async function readReceipt(page, site, { code, procedure }, person) {
	const href = await page.getByRole("link", { name: "In giấy tiếp nhận" }).getAttribute("href");
	const answer = await get(page.context(), site, href);
	assert.equal(answer.status, 200);
	assert.match(answer.type, /^application\/pdf/);
	const file = path.join(site.dir, "receipt.pdf");
	writeFileSync(file, answer.bytes);
	execFileSync("pdftoppm", ["-r", "70", "-png", "-singlefile", "-f", "1", file, path.join(pictures, "receipt")]);
	const text = execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" }).replace(/\s+/g, " ");
	for (const expected of [code, person.name, person.identity, procedure.split(" ").slice(0, 6).join(" ")])
		assert.ok(text.includes(expected), `the receipt says ${expected}`);
}

async function act(page, label, fill = async () => {}) {
	const offer = page.locator("details.more").filter({ has: page.locator(`summary:text-is("${label}")`) });
	if (await offer.count()) {
		await offer.locator("summary").click();
		await fill(offer);
		await andLoad(page, () => offer.getByRole("button", { name: label }).click());
	} else {
		await andLoad(page, () => page.getByRole("button", { name: label, exact: true }).click());
	}
	assert.match(new URL(page.url()).pathname, /^\/dossiers\/\d+$/);
	assert.equal(await page.locator(".alert.late").count(), 0, `${label}: ${await page.locator(".alert.late").allInnerTexts()}`);
}
const state = (page) => page.locator(".card h2").first().innerText();

async function journey(browser, site, js, person) {
	const context = await openContext(browser, site, { javaScriptEnabled: js });
	const page = await context.newPage();
	await login(page, account("motcua"));
	const before = await figure(page, site);
	const dossier = await takeIn(page, js, person);
	await readReceipt(page, site, dossier, person);
	await andLoad(page, () => page.getByRole("link", { name: "Mở hồ sơ" }).click());
	const url = page.url();
	assert.match(await state(page), /Được tiếp nhận/);

	await act(page, "Luân chuyển", async (offer) => {
		const people = await offer.locator("select option").evaluateAll((all) => all.map((o) => ({ value: o.value, label: o.textContent })));
		const other = people.find((p) => p.value && p.label !== site.officer);
		await offer.locator("select").selectOption(other.value);
	});
	assert.match(await state(page), /Đang xử lý/);

	const second = await openContext(browser, site, { javaScriptEnabled: js });
	const specialist = await second.newPage();
	await login(specialist, account("chuyenvien"));
	await specialist.goto(url);
	await act(specialist, "Yêu cầu bổ sung", (offer) => offer.locator("textarea").fill("Thiếu bản chính giấy tờ"));
	assert.match(await state(specialist), /bổ sung/);
	await act(specialist, "Đã nhận bổ sung");
	assert.match(await state(specialist), /Đang xử lý/);
	await act(specialist, "Đã giải quyết xong");
	assert.match(await state(specialist), /Đã xử lý xong/);

	await page.goto(url);
	await act(page, "Trả kết quả");
	assert.match(await state(page), /Đã trả kết quả/);
	for (const step of ["Tiếp nhận hồ sơ", "Luân chuyển hồ sơ", "Thiếu bản chính giấy tờ", "Nhận giấy tờ bổ sung", "Trả kết quả"])
		assert.ok((await page.locator(".timeline").innerText()).includes(step), `the history says ${step}`);

	const after = await figure(page, site);
	assert.equal(after.shown, before.shown + 1, "the figure is one higher");
	await readSheet(page, site, after.shown);
	await andLoad(page, () => after.link.click());
	await findInRecords(page, dossier.code, after.shown);
	assert.deepEqual([...context.complaints, ...second.complaints], []);
	await second.close();
	return { context, page, url, dossier };
}

// The list behind a figure: as many rows as the figure says, over all its pages.
async function findInRecords(page, code, figureSays) {
	let rows = 0, found = false;
	for (;;) {
		rows += await page.locator("table.list tbody tr").count();
		found = found || (await page.locator("table.list").getByText(code, { exact: true }).count()) > 0;
		const next = page.locator("a[rel=next]");
		if (!(await next.count())) break;
		await andLoad(page, () => next.click());
	}
	assert.ok(found, `${code} is in the list behind the figure`);
	assert.equal(rows, figureSays, "the list has as many rows as the figure says");
}

// The cell of column `letter...` in the row that holds the printed number, from the file itself.
async function readSheet(page, site, expected) {
	const href = await page.getByRole("link", { name: /XLSX/ }).first().getAttribute("href");
	const answer = await get(page.context(), site, href);
	assert.equal(answer.status, 200);
	const file = path.join(site.dir, "sheet.xlsx");
	writeFileSync(file, answer.bytes);
	const part = (name) => execFileSync("unzip", ["-p", file, name], { encoding: "utf8" });
	const shared = [...part("xl/sharedStrings.xml").matchAll(/<si>(.*?)<\/si>/gs)].map(([, si]) => [...si.matchAll(/<t[^>]*>([^<]*)<\/t>/g)].map((t) => t[1]).join(""));
	const rows = [...part("xl/worksheets/sheet1.xml").matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map(([, row]) =>
		[...row.matchAll(/<c r="[A-Z]+\d+"([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)].map(([, attributes, body = ""]) => {
			const value = body.match(/<v>([^<]*)<\/v>/)?.[1];
			return /t="s"/.test(attributes) ? shared[Number(value)] : value;
		}));
	const row = rows.find((cells) => cells.includes(ROW));
	assert.ok(row, `the sheet has a row ${ROW}`);
	assert.ok(row.some((cell) => cell === String(expected)), `the sheet says ${expected} in row ${ROW}: ${row.join(" | ")}`);
}

// What the README shows, with the dossier of the journey.
async function takePictures({ page, url }) {
	const shots = { desk: "/desk", intake: "/dossiers/new", dossier: new URL(url).pathname, form: `/forms/${FORM}?period=${PERIOD}` };
	const wrong = [];
	const take = async (name) => {
		for (const [width, size] of [["1280", WIDE], ["390", PHONE]]) {
			await page.setViewportSize(size);
			wrong.push(...await accessible(page, `${name} at ${width}`), ...await fits(page, `${name} at ${width}`));
			await screenshot(page, `${name}-${width}`);
		}
		await page.setViewportSize(WIDE);
	};
	for (const [name, to] of Object.entries(shots)) {
		await page.goto(to);
		await take(name);
	}
	await andLoad(page, () => page.locator(FIGURE).click());
	await take("drill-down");
	assert.deepEqual(wrong, []);
}

const site = await serve({ dossiers: process.env.PICTURES ? 20000 : 3000 }); // pictures show a busy desk
site.unit = "H99.01.01"; // the commune of the demo's accounts
const browser = await launch();
let good = true, done;
try {
	good = await report("the journey of a dossier, with script", async () => {
		done = await journey(browser, site, true, { name: "Trần Thị Thử Nghiệm", identity: "000987654321", phone: "0900000001", address: "Thôn Mẫu" });
	}) && good;
	good = await report("the journey of a dossier, without script", async () => {
		const { context } = await journey(browser, site, false, { name: "Lê Văn Không Mã", identity: "000987654322", phone: "0900000002", address: "Thôn Mẫu" });
		await context.close();
	}) && good;
	if (done) good = await report("the pictures", () => takePictures(done)) && good;
} finally {
	await browser.close();
	await site.stop();
}
process.exit(good ? 0 : 1);
