// What static/cchc.js adds, on pages made here: shortcuts, the filtered list, the grid, the
// question before a changed form is left.
import { readFileSync } from "node:fs";
import path from "node:path";
import { assert, launch, report, root } from "./lib.mjs";

const script = readFileSync(path.join(root, "static/cchc.js"), "utf8");
const browser = await launch();

async function pageWith(body) {
	const page = await browser.newPage();
	page.setDefaultTimeout(5000);
	await page.route("http://test.local/**", (route) => {
		const { pathname } = new URL(route.request().url());
		if (pathname === "/cchc.js") return route.fulfill({ contentType: "text/javascript", body: script });
		return route.fulfill({ contentType: "text/html; charset=utf-8", body: `<!doctype html><title>${pathname}</title><main>${pathname === "/" ? body : ""}</main><script type="module" src="/cchc.js"></script>` });
	});
	await page.goto("http://test.local/");
	return page;
}
const paste = (locator, text) => locator.evaluate((input, data) => {
	const clipboardData = new DataTransfer();
	clipboardData.setData("text/plain", data);
	return input.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}, text);
const focused = (page) => page.evaluate(() => document.activeElement.id);

const checks = {
	async "a list narrows by words without marks, and Enter takes the first"() {
		const page = await pageWith(`<form action="/sent"><input id="q" type="search"><ul data-filter="q">
			<li><label class="tick"><input type="radio" name="p" value="1">Đăng ký khai sinh</label></li>
			<li><label class="tick"><input type="radio" name="p" value="2" id="two">Đăng ký kết hôn</label></li>
			<li><label class="tick" data-words="chứng thực 2.000815"><input type="radio" name="p" value="3">Bản sao</label></li>
			<li data-none hidden>Không có</li></ul></form>`);
		const shown = () => page.locator("li:not([hidden])").allTextContents();
		await page.fill("#q", "HON dang");
		assert.deepEqual(await shown(), ["Đăng ký kết hôn"]);
		await page.press("#q", "Enter");
		assert.equal(await page.locator("#two").isChecked(), true);
		assert.equal(await focused(page), "two");
		assert.equal(new URL(page.url()).pathname, "/", "Enter must not send the form");
		await page.fill("#q", "2.000815");
		assert.deepEqual(await shown(), ["Bản sao"]);
		await page.fill("#q", "không có gì");
		assert.deepEqual(await shown(), ["Không có"]);
		await page.fill("#q", "");
		assert.equal((await shown()).length, 3);
	},
	async "what is taken from a list with a button is sent at once"() {
		const list = `<form action="/sent"><input id="q" type="search"><button name="step" value="search">a</button>
			<div data-filter="q" data-pick="go"><label class="tick"><input type="radio" name="p" value="1" id="one">Một</label>
			<label class="tick"><input type="radio" name="p" value="2">Hai</label></div><button id="go" name="step" value="pick">b</button></form>`;
		let page = await pageWith(list);
		await page.fill("#q", "hai");
		await page.press("#q", "Enter");
		await page.waitForURL("**/sent?p=2&step=pick");
		page = await pageWith(list);
		await page.press("#q", "ArrowDown");
		assert.equal(await focused(page), "one");
		await page.press("#one", "ArrowDown");
		assert.equal(new URL(page.url()).pathname, "/");
		await page.keyboard.press("Enter");
		await page.waitForURL("**/sent?p=2&step=pick");
		page = await pageWith(list);
		await page.click("text=Một");
		await page.waitForURL("**/sent?p=1&step=pick");
		page = await pageWith(list);
		await page.fill("#q", "không có");
		await page.press("#q", "Enter");
		await page.waitForURL("**/sent?step=search");
	},
	async "shortcuts press their button, but a letter is typed into a field"() {
		const page = await pageWith(`<form class="filters"><input id="f"></form><a id="go" href="/went" data-key="F9">x</a><a href="/letter" data-key="x">y</a>`);
		await page.keyboard.press("/");
		assert.equal(await focused(page), "f");
		await page.keyboard.type("x/");
		assert.equal(await page.inputValue("#f"), "x/");
		await page.keyboard.press("F9");
		await page.waitForURL("**/went");
	},
	async "the grid moves by column and spreads a paste, but not into read-only cells"() {
		const row = (n, extra = "") => `<tr><td>${n}</td><td><input id="a${n}" ${extra}></td><td><input id="b${n}"></td></tr>`;
		const page = await pageWith(`<table data-sheet>${row(1)}${row(2, "readonly value=9")}${row(3)}</table>`);
		await page.focus("#a1");
		await page.keyboard.press("Enter");
		assert.equal(await focused(page), "a3");
		await page.keyboard.press("ArrowUp");
		assert.equal(await focused(page), "a1");
		await paste(page.locator("#a1"), "1.234,5\t7\r\n8\t27/27\r\n05\t12,5 %\r\nmore\tlines\r\n");
		const values = await page.locator("input").evaluateAll((all) => all.map((i) => i.value));
		assert.deepEqual(values, ["1.234,5", "7", "9", "27/27", "05", "12,5 %"]);
		await page.focus("#b1");
		await paste(page.locator("#b1"), "1\n2\n3");
		assert.deepEqual(await page.locator("[id^=b]").evaluateAll((all) => all.map((i) => i.value)), ["1", "2", "3"]);
		assert.equal(await paste(page.locator("#b1"), "one value"), true, "a single value is pasted by the browser");
	},
	async "a changed form asks before it is left, a sent one does not"() {
		const page = await pageWith(`<form data-confirm-leave action="/sent"><input id="i" name="i"><button>Lưu</button></form><a id="away" href="/away">x</a>`);
		const asked = [];
		page.on("dialog", (d) => { asked.push(d.type()); d.dismiss(); });
		await page.fill("#i", "x");
		await page.click("#away", { noWaitAfter: true });
		await page.waitForFunction(() => location.pathname === "/");
		while (asked.length === 0) await page.evaluate(() => new Promise(requestAnimationFrame));
		assert.deepEqual(asked, ["beforeunload"]);
		await page.click("button");
		await page.waitForURL("**/sent?i=x");
		assert.equal(asked.length, 1);
	},
	async "a day typed in short is written out, anything else is left alone"() {
		const page = await pageWith(`<input id="d" data-day=""><input id="next">`);
		for (const [typed, becomes] of [["07022024", "07/02/2024"], ["7/2/2024", "07/02/2024"], ["7.2.24", "07/02/2024"],
			["7/2", `07/02/${new Date().getFullYear()}`], ["2024-02-07", "2024-02-07"], ["mai", "mai"], ["7", "7"]]) {
			await page.fill("#d", typed);
			await page.focus("#next");
			assert.equal(await page.inputValue("#d"), becomes);
		}
	},
	async "the list of problems is what one hears first"() {
		const page = await pageWith(`<div id="problems" tabindex="-1">Có 1 chỗ cần sửa</div><input autofocus>`);
		await page.waitForFunction(() => document.activeElement.id === "problems");
		assert.equal(await focused(page), "problems");
	},
};
let good = true;
for (const [name, check] of Object.entries(checks)) good = await report(name, check) && good;
await browser.close();
process.exit(good ? 0 : 1);
