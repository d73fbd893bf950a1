// The report goes up the tree: three communes of the demo fill, check, sign, number and send a
// quarter; one is returned with a comment on a cell and sent again, corrected; the province rolls
// up what was sent, signs and numbers; its Word and PDF files are opened by LibreOffice and
// poppler, rendered, and audited by the program itself.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { accessible, account, accounts, assert, fits, launch, login, openContext, PHONE, pictures, report, root, run, screenshot, serve, WIDE } from "./lib.mjs";

const dir = mkdtempSync(path.join(os.tmpdir(), "cchc-report-"));
const site = await serve({ dossiers: 900 });
const browser = await launch();
const cchc = path.join(root, "build/cchc");
const password = accounts()[0].password;

// The people of two more communes; the demo has those of the first.
function staff(unit, tag) {
	const add = (login, name, role) => execFileSync(cchc, ["account", "add", "--db", site.db, "--login", login, "--name", name, "--unit", unit, "--role", role], { input: `${password}\n`, stdio: "pipe" });
	add(`lap-${tag}`, `Trần Văn Lập ${tag} Mẫu`, "COMPILER");
	add(`ky-${tag}`, `Lê Thị Ký ${tag} Mẫu`, "LEADER");
	add(`vanthu-${tag}`, `Ngô Văn Số ${tag} Mẫu`, "CLERK");
	return { compiler: { name: `lap-${tag}`, password }, leader: { name: `ky-${tag}`, password }, clerk: { name: `vanthu-${tag}`, password } };
}

const visitors = [];
async function visit(who) {
	const context = await openContext(browser, site);
	const page = await context.newPage();
	await login(page, who);
	visitors.push(context);
	return page;
}

const press = async (page, name) => {
	await page.getByRole("button", { name, exact: true }).click();
	await page.getByText("Đã ghi nhận.").waitFor();
};
const fillEmpty = (values) => {
	for (const input of document.querySelectorAll("input[name^='v-']")) {
		const rate = input.closest("tr").textContent.includes("Tử số / mẫu số");
		if (input.value === "") input.value = values[input.name.slice(2)] ?? (rate ? "" : "0");
	}
};

// Every blank that people fill, form by form; 0 is said, not left out.
async function fillForms(page, url, figures) {
	await page.goto(url);
	const forms = await page.locator("a", { hasText: "Nhập" }).evaluateAll((links) => links.map((a) => a.getAttribute("href")).filter((to) => to.includes("/enter")));
	assert.equal(forms.length, 7, "seven forms to fill");
	for (const to of forms) {
		const form = to.match(/forms\/[^/]+\/([^/]+)\//)[1];
		await page.goto(to);
		await page.evaluate(fillEmpty, figures[form] ?? {});
		await page.getByRole("button", { name: "Lưu" }).click();
		await page.getByText("Đã lưu.").waitFor();
	}
}

async function openOwn(page) {
	await page.goto("/reports");
	await page.getByRole("link", { name: "Mở báo cáo" }).click();
	return new URL(page.url()).pathname;
}

async function signAndSend(people, url, number) {
	await press(people.compiler, "Chuyển kiểm tra");
	await press(people.compiler, "Trình ký");
	await people.leader.goto(url);
	await press(people.leader, "Ký");
	await people.clerk.goto(url);
	if (number) await people.clerk.getByLabel("Số văn bản").fill(number);
	await people.clerk.getByLabel("Ký hiệu").fill("BC-UBND");
	await press(people.clerk, "Vào số");
	await press(people.clerk, "Gửi");
}

// What an officer states; everything else is counted from the records, or is 0.
const figures = {
	2: { 1: "12", 2.1: "40", 2.2: "31", "5.1": "9", 5.2: "8", 5.3: "1", "6.1": "4", 6.2: "4", 7: "1", 7.1: "120", 8: "1" },
	4: { "3.4.1": "3", "3.4.2": "3" },
	5: { 2.1: "38", 2.2: "37" },
	6: { 1.1: "1" },
	7: { 1.1: "12500", 1.2: "9800" },
	8: { 1: "1", 3: "25/25", "5.1.3": "1/1", 5.2: "140/140", "5.2.3": "140/140", "5.3.3": "1/1" },
};
const provinceFigures = {
	1: { 1: "21", 2.1: "64", 2.2: "47", 3.1: "6", "3.3.1": "5", "3.3.2": "5", 5.1: "18", 5.2: "17", 5.3: "1", 6: "1", 6.1: "900", 6.2: "2", 7: "1" },
	3: { "3.4.1": "11", "3.4.2": "11" },
	4: { 1.1: "12/12", 1.3: "1", 2.1: "1180", 2.2: "1152" },
	5: { 1.1: "12" },
	6: { 1.1: "845000", 1.2: "612000" },
	7: { 1: "1", 2: "1", 3: "40/40", 4: "2", "5.1.1": "12/12", 5.2: "5200/5200", "5.2.1": "3100/3100", "5.3.1": "12/12" },
};
const wrong = { ...figures, 4: { "3.4.1": "3", "3.4.2": "2" } };

const found = [];
const look = async (page, name) => {
	for (const [width, size] of [["1280", WIDE], ["390", PHONE]]) {
		await page.setViewportSize(size);
		found.push(...await accessible(page, `${name} at ${width}`), ...await fits(page, `${name} at ${width}`));
		if (size === WIDE) await screenshot(page, `report-${name}`);
	}
	await page.setViewportSize(WIDE);
};

const province = {}, communes = [];
const SHEET = "/forms/xa-2024/4/rows/3.4.2?period=2026-Q3";

async function communesSend() {
	const listed = JSON.parse(run("report", "list", "--db", site.db, "--unit", "H99", "--json"));
	const own = listed.filter((r) => /^H99\.01\.0[123]$/.test(r.unit)).map((r) => r.unit);
	assert.equal(own.length, 3);
	const people = [{ compiler: account("lapbieu"), leader: account("lanhdao"), clerk: account("vanthu") }, staff(own[1], "b"), staff(own[2], "c")];
	for (const [i, who] of people.entries()) {
		const c = { unit: own[i], compiler: await visit(who.compiler), leader: await visit(who.leader), clerk: await visit(who.clerk) };
		if (i === 0) { await c.compiler.goto("/reports"); await look(c.compiler, "own"); }
		c.url = await openOwn(c.compiler);
		await fillForms(c.compiler, c.url, i === 1 ? wrong : figures);
		await c.compiler.goto(c.url);
		if (i === 0) await look(c.compiler, "compiling");
		await signAndSend(c, c.url, String(14 + i));
		communes.push(c);
	}
	// The leader's own button was there; nobody enters a figure any more.
	await communes[0].compiler.goto("/forms/xa-2024/4/enter?period=2026-Q3");
	await communes[0].compiler.getByText("Số liệu đã khóa").waitFor();
}

async function oneIsReturned() {
	province.compiler = await visit(account("sonoivu"));
	const above = province.compiler, c = communes[1];
	await above.goto("/reports?view=sent");
	await above.getByText("Chờ tiếp nhận").first().waitFor();
	await look(above, "board");
	for (const other of [communes[0], communes[2]]) {
		await above.goto(other.url);
		await press(above, "Tiếp nhận");
	}
	await above.goto(c.url);
	await above.getByRole("link", { name: "Phụ lục 4", exact: true }).click();
	await above.locator("a[href*='/rows/3.4.2?']").click();
	await above.getByLabel("Ghi ý kiến cho").fill("Sổ theo dõi phản ánh, kiến nghị ghi 3, biểu ghi 2.");
	await above.getByRole("button", { name: "Ghi ý kiến" }).click();
	await above.goto(c.url);
	await above.getByText("Trả lại", { exact: true }).first().click();
	await above.getByLabel("Lý do").fill("Kiểm tra lại biểu 4.");
	await press(above, "Trả lại");
	await look(above, "returned");
}

async function itIsCorrected() {
	const c = communes[1];
	await c.compiler.goto(c.url);
	await c.compiler.getByText("Sổ theo dõi phản ánh").first().waitFor();
	await press(c.compiler, "Lập báo cáo thay thế");
	const amending = new URL(c.compiler.url()).pathname;
	assert.notEqual(amending, c.url, "the correction is a document of its own");
	await c.compiler.goto(SHEET);
	await c.compiler.getByText("Sổ theo dõi phản ánh").first().waitFor();
	await c.compiler.getByLabel("Số liệu", { exact: true }).fill("3");
	await c.compiler.getByRole("button", { name: "Lưu", exact: true }).click();
	await c.compiler.getByText("Đã lưu.").waitFor();
	await c.compiler.goto(SHEET);
	await c.compiler.getByRole("button", { name: "Đã xử lý" }).click();
	await c.compiler.goto(amending);
	for (let line; (line = c.compiler.locator("form.inline:has(input[name=reason]:not([value]), input[name=reason][value=''])").first(), await line.count() > 0);) {
		await line.getByLabel("Lý do").fill("Đã đối chiếu sổ theo dõi: đủ 3 phản ánh, kiến nghị.");
		await line.getByRole("button").click();
		await c.compiler.waitForLoadState();
	}
	await look(c.compiler, "amending");
	c.sent = amending;
	await c.leader.goto(amending);
	await signAndSend(c, amending, "18");
	await province.compiler.goto(amending);
	await press(province.compiler, "Tiếp nhận");
	// What was signed first still stands as it was.
	await c.compiler.goto(c.url);
	await c.compiler.getByText("báo cáo thay thế").first().waitFor();
}

// LibreOffice and poppler open what the program wrote, and the program finds nothing wrong in it.
function openPaper(word, pdf) {
	execFileSync("soffice", [`-env:UserInstallation=file://${dir}/profile`, "--headless", "--convert-to", "pdf", "--outdir", dir, word], { stdio: "pipe" });
	const byOffice = word.replace(".docx", ".pdf");
	for (const [file, name] of [[byOffice, "word"], [pdf, "pdf"]]) {
		const text = execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" });
		for (const wanted of ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "25/BC-UBND", "BÁO CÁO", "Nơi nhận"]) assert.ok(text.includes(wanted), `${file} says “${wanted}”`);
		execFileSync("pdftoppm", ["-r", "60", "-png", "-f", "1", "-l", "3", file, path.join(pictures, `report-${name}`)]);
	}
	for (const file of [word, pdf]) {
		const audit = spawnSync(cchc, ["audit", file], { encoding: "utf8" }); // exit code 1 when something is wrong
		assert.equal(audit.status, 0, `${path.basename(file)}: ${audit.stdout}${audit.stderr}`);
	}
}

async function download(page, name, to) {
	const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name, exact: true }).click()]);
	await file.saveAs(to);
}

// A contradiction typed into the text is found while it is written, and mended.
async function theTextIsWritten(page, url) {
	await page.goto(`${url}/text`);
	const sections = page.locator("form.text-editor textarea");
	const at = (await sections.evaluateAll((all) => all.map((one) => one.value))).findIndex((text) => text.includes("Hạn chế và nguyên nhân"));
	assert.ok(at >= 0, "the outline has a section on what is lacking");
	const text = await sections.nth(at).inputValue();
	const press = async (name) => {
		await page.getByRole("button", { name }).first().click();
		await page.waitForLoadState();
	};
	await sections.nth(at).fill(`${text}\n\nTrung tâm tiếp nhận 10 phản ánh, gồm trực tuyến 4 phản ánh, trực tiếp 5 phản ánh.\n`);
	await press(/^Lưu/);
	if (await page.locator("input[name=own]").count() > 0) { // typed figures are statements of one's own
		await page.locator("input[name=own]").check();
		await press(/^Lưu/);
	}
	await press(/^Xem thử/);
	await page.locator(".audit-note", { hasText: "4 + 5" }).first().waitFor();
	await look(page, "text");
	await sections.nth(at).fill(text);
	await press(/^Lưu/);
	await page.getByText("Đã lưu lời văn.").waitFor();
	assert.equal(await page.locator(".audit-note", { hasText: "4 + 5" }).count(), 0, "it is mended");
}

async function theProvinceReports() {
	const p = province;
	p.leader = await visit(account("lanhdaotinh"));
	p.clerk = await visit(account("vanthutinh"));
	p.url = await openOwn(p.compiler);
	await fillForms(p.compiler, p.url, provinceFigures);
	await p.compiler.goto(p.url);
	await p.compiler.getByText("Tổng hợp từ 3 trên 169 đơn vị").waitFor();
	await look(p.compiler, "province");
	await theTextIsWritten(p.compiler, p.url);
	await p.compiler.goto(p.url);
	await signAndSend(p, p.url, "25");
	const word = path.join(dir, "bao-cao-tinh.docx"), pdf = path.join(dir, "bao-cao-tinh-cchc.pdf");
	await p.clerk.goto(p.url);
	await download(p.clerk, "Văn bản (Word)", word);
	await download(p.clerk, "Văn bản (PDF)", pdf);
	openPaper(word, pdf);
}

let good = true;
try {
	good = await report("three communes fill, sign, number and send", communesSend) && good;
	good = good && await report("one is returned with a comment on a cell", oneIsReturned);
	good = good && await report("it is corrected by a document of its own", itIsCorrected);
	good = good && await report("the province rolls up, signs and numbers; its files open and hold", theProvinceReports);
	good = await report("the pages fit and can be read by everybody", async () => assert.deepEqual([...found, ...visitors.flatMap((c) => c.complaints)], [])) && good;
} finally {
	await browser.close();
	await site.stop();
	rmSync(dir, { recursive: true, force: true });
}
process.exit(good ? 0 : 1);
