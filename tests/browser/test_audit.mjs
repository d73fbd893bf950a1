// A report goes through the auditor as an officer sends it: a Word file is dropped, its findings
// are seen, one is followed to its place and back, the copy with comments is taken and opened by
// LibreOffice; with and without script; pasted text and a file that is no report too.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { accessible, account, assert, fits, launch, login, openContext, PHONE, report, screenshot, serve, WIDE } from "./lib.mjs";

const dir = mkdtempSync(path.join(os.tmpdir(), "cchc-audit-"));
const office = (to, file) => execFileSync("soffice", [`-env:UserInstallation=file://${dir}/profile`, "--headless", "--convert-to", to, "--outdir", dir, file], { stdio: "pipe" });

// An invented report: 40 + 25 is not 66, and 60/66 is 90,91 %.
const rows = [["1", "Tổng số hồ sơ đã tiếp nhận", "Hồ sơ", "66"], ["1.1", "Hồ sơ tiếp nhận trực tuyến", "Hồ sơ", "40"], ["1.2", "Hồ sơ tiếp nhận trực tiếp", "Hồ sơ", "25"]];
writeFileSync(path.join(dir, "bao-cao.html"), `<!doctype html><html><head><meta charset="utf-8"></head><body>
<p>Số: 12/BC-UBND</p><p>An Mẫu, ngày 15 tháng 3 năm 2026</p><p><b>BÁO CÁO</b></p>
<p>Kết quả công tác cải cách hành chính quý I năm 2026</p>
<p><b>I. KẾT QUẢ</b></p>
<p>Trong quý I năm 2026, xã tiếp nhận 66 hồ sơ, gồm trực tuyến 40 hồ sơ, trực tiếp 25 hồ sơ.</p>
<p>Đã giải quyết đúng hạn 60/66 hồ sơ, đạt 95,91%.</p>
<table border="1"><tr><th>STT</th><th>Chỉ tiêu</th><th>Đơn vị tính</th><th>Số liệu</th></tr>
${rows.map((r) => `<tr>${r.map((c) => `<td>${c}</td>`).join("")}</tr>`).join("\n")}</table>
<p>Trên đây là báo cáo của UBND xã An Mẫu./.</p></body></html>`);
office("docx:MS Word 2007 XML", path.join(dir, "bao-cao.html"));
const word = path.join(dir, "bao-cao.docx");

const site = await serve({ dossiers: 50 });
const browser = await launch();

async function drop(page, file) {
	await page.goto("/audit");
	await page.setInputFiles("#f-file", file);
	await page.getByRole("button", { name: "Kiểm tra", exact: true }).click();
	await page.locator(".audit").waitFor();
}

async function journey(javaScriptEnabled) {
	const context = await openContext(browser, site, { javaScriptEnabled });
	const page = await context.newPage();
	await login(page, account("motcua"));
	await drop(page, word);
	const notes = page.locator(".audit-note");
	const text = await notes.allTextContents();
	assert.ok(text.some((t) => t.includes("66") && /40 \+ 25/.test(t)), `no finding about 66 and 40 + 25 in: ${text.join(" | ")}`);
	assert.ok(text.some((t) => t.includes("95,91") && t.includes("90,91")), `no finding about 95,91 % in: ${text.join(" | ")}`);
	const rate = notes.filter({ hasText: "95,91" }).first();
	await rate.locator("ul a").first().click();
	const place = new URL(page.url()).hash.slice(1);
	assert.match(await page.locator(`[id="${place}"]`).textContent(), /95,91%/);
	await page.locator(`[id="${place}"] mark a`).first().click();
	assert.match(new URL(page.url()).hash, /^#f\d+$/);
	await page.getByLabel("Cần xem").check();
	for (const note of await page.locator(".audit-note.late").all()) assert.equal(await note.isVisible(), false, "a wrong place is shown among those to be looked at");
	await page.getByLabel("Tất cả").check();
	const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Bản Word có ghi chú", exact: true }).click()]);
	const copy = path.join(dir, `copy-${javaScriptEnabled}.docx`);
	await download.saveAs(copy);
	const comments = execFileSync("unzip", ["-p", copy, "word/comments.xml"], { encoding: "utf8" });
	assert.ok(comments.includes("95,91"), "the copy has no comment about the rate");
	office("pdf", copy);
	const printed = execFileSync("pdftotext", [copy.replace(".docx", ".pdf"), "-"], { encoding: "utf8" });
	assert.ok(printed.includes("95,91%"), "LibreOffice does not show the copy");
	assert.deepEqual(context.complaints, []);
	await context.close();
}

async function looks() {
	const context = await openContext(browser, site);
	const page = await context.newPage();
	const found = [];
	await login(page, account("motcua"));
	for (const size of [WIDE, PHONE]) {
		await page.setViewportSize(size);
		await drop(page, word);
		found.push(...(await accessible(page, `findings at ${size.width}`)), ...(await fits(page, `findings at ${size.width}`)));
		await screenshot(page, `audit-${size.width}`);
	}
	assert.deepEqual([...found, ...context.complaints], []);
	await context.close();
}

async function otherInput() {
	const context = await openContext(browser, site);
	const page = await context.newPage();
	const check = () => page.getByRole("button", { name: "Kiểm tra", exact: true }).click();
	await login(page, account("motcua"));
	await page.goto("/audit");
	await page.getByLabel("Hoặc dán văn bản").fill("Tiếp nhận 10 hồ sơ, gồm trực tuyến 4 hồ sơ, trực tiếp 5 hồ sơ.");
	await check();
	await page.locator(".audit-note").first().waitFor();
	const broken = path.join(dir, "broken.docx");
	writeFileSync(broken, readFileSync(word).subarray(0, 2000));
	await page.goto("/audit");
	await page.setInputFiles("#f-file", broken);
	await check();
	await page.locator(".alert.late").waitFor();
	assert.deepEqual(context.complaints, []);
	await context.close();
}

let good = true;
try {
	good = await report("a Word report is checked, followed and given back with comments", () => journey(true)) && good;
	good = await report("the same without script", () => journey(false)) && good;
	good = await report("the findings fit and can be read by everybody", looks) && good;
	good = await report("pasted text, and a file that is broken", otherInput) && good;
} finally {
	await browser.close();
	await site.stop();
	rmSync(dir, { recursive: true, force: true });
}
process.exit(good ? 0 : 1);
