// look.mjs PATH... - pictures of pages as one account sees them, for the eye: build/look/*.png
import { mkdirSync } from "node:fs";
import path from "node:path";
import { account, launch, login, openContext, PHONE, root, serve, WIDE } from "./lib.mjs";

const [name, ...paths] = process.argv.slice(2);
const site = await serve();
const browser = await launch();
mkdirSync(path.join(root, "build/look"), { recursive: true });
try {
	const context = await openContext(browser, site);
	const page = await context.newPage();
	if (name !== "-") await login(page, account(name));
	for (const to of paths)
		for (const [width, size] of [["1280", WIDE], ["390", PHONE]]) {
			await page.setViewportSize(size);
			await page.goto(to);
			await page.screenshot({ path: path.join(root, "build/look", `${to.replace(/\W+/g, "-")}-${width}.png`), fullPage: true });
		}
} finally {
	await browser.close();
	await site.stop();
}
