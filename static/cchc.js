/* cchc.js - makes pages quicker under the fingers.  Every page works without it.
 *
 *   [data-key="F9"]            a button or link with a shortcut; "Alt+s" with a modifier; "/" goes to the search field
 *   [data-filter="id"]         a list of label.tick, narrowed while one types into the field `id`; Enter there takes
 *                              the first, and presses the button that data-pick names, if any
 *   [data-sheet]               a table of inputs: arrows and Enter move, a paste from a spreadsheet spreads
 *   input[data-day]            "7/2" and "07022024" become 07/02/2024
 *   form[data-confirm-leave]   asks before a changed form is left
 *   form[data-text-editor]     the chosen figure goes to the cursor of the text one was in
 */
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

/* "Đăng ký Khai-sinh" -> "dang ky khai sinh", like text_fold() on the server. */
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d")
	.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();

function shortcuts() {
	const named = new Map(all("[data-key]").map((e) => [e.dataset.key.toLowerCase(), e]));
	document.addEventListener("keydown", (event) => {
		if (event.defaultPrevented || event.isComposing) return;
		const typing = event.target.closest("input, select, textarea");
		const modifiers = (event.ctrlKey ? "ctrl+" : "") + (event.altKey ? "alt+" : "");
		if (event.key === "/" && !typing && !modifiers) {
			const search = document.querySelector("main [type=search], main .filters input");
			if (search) { event.preventDefault(); search.focus(); search.select?.(); }
			return;
		}
		const target = named.get((modifiers + event.key).toLowerCase());
		const plainLetter = event.key.length === 1 && !modifiers;
		if (!target || (plainLetter && typing)) return;
		event.preventDefault();
		target.click();
	});
}

function filterList(list) {
	const field = document.getElementById(list.dataset.filter);
	if (!field) return;
	const ticks = all("label.tick", list).map((label) => ({
		row: label.closest("li") ?? label,
		input: label.querySelector("input"),
		words: fold(label.dataset.words ?? label.textContent),
	}));
	const none = list.querySelector("[data-none]");
	const button = list.dataset.pick && document.getElementById(list.dataset.pick);
	const visible = () => ticks.filter((t) => !t.row.hidden);
	const narrow = () => {
		const wanted = fold(field.value).split(" ").filter(Boolean);
		for (const t of ticks) t.row.hidden = !wanted.every((w) => t.words.includes(w));
		if (none) none.hidden = visible().length > 0;
	};
	const pick = (t) => {
		t.input.checked = true;
		t.input.dispatchEvent(new Event("change", { bubbles: true }));
		t.input.focus();
		if (button) button.click();
	};
	field.addEventListener("input", narrow);
	field.addEventListener("keydown", (event) => {
		const [first] = visible();
		if (!first || event.isComposing || !["Enter", "ArrowDown"].includes(event.key)) return;
		if (event.key === "Enter" && !field.value.trim()) return;
		event.preventDefault();
		if (event.key === "Enter") pick(first);
		else first.input.focus();
	});
	/* The arrows only move within the list; the mouse and Enter take. */
	list.addEventListener("click", (event) => { if (button && event.target.matches("input") && event.detail > 0) button.click(); });
	list.addEventListener("keydown", (event) => {
		if (!button || event.key !== "Enter") return;
		event.preventDefault();
		event.target.checked = true;
		button.click();
	});
	if (field.value) narrow();
}

function sheet(table) {
	const grid = all("tr", table)
		.map((tr) => [...tr.cells].map((td) => td.querySelector("input:not([type=hidden]), textarea")))
		.filter((row) => row.some(Boolean));
	const place = (input) => {
		const y = grid.findIndex((row) => row.includes(input));
		return { y, x: y < 0 ? -1 : grid[y].indexOf(input) };
	};
	const step = (input, down) => {
		const { x, y } = place(input);
		for (let next = y + down; grid[next]; next += down) {
			if (!grid[next][x] || grid[next][x].readOnly) continue;
			grid[next][x].focus();
			grid[next][x].select();
			return true;
		}
		return false;
	};
	table.addEventListener("keydown", (event) => {
		const input = event.target.closest("input");
		if (!input || event.isComposing || event.ctrlKey || event.altKey) return;
		const down = { ArrowDown: 1, ArrowUp: -1, Enter: event.shiftKey ? -1 : 1 }[event.key];
		if (!down) return;
		step(input, down);
		event.preventDefault();
	});
	table.addEventListener("paste", (event) => {
		const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "");
		const input = event.target.closest("input");
		if (!input || !/[\n\t]/.test(text)) return;
		event.preventDefault();
		const { x, y } = place(input);
		const columns = grid[y].map((cell, i) => (cell && i >= x ? i : -1)).filter((i) => i >= 0);
		text.split("\n").forEach((line, down) => line.split("\t").forEach((value, right) => {
			const cell = grid[y + down]?.[columns[right]];
			if (!cell || cell.readOnly) return;
			cell.value = value.trim();
			cell.dispatchEvent(new Event("input", { bubbles: true }));
		}));
	});
}

function textEditor(form) {
	const { figure, style } = form.elements;
	const button = form.querySelector("[data-insert]");
	let last = null;
	form.addEventListener("focusin", (event) => { if (event.target.matches("textarea")) last = event.target; });
	button?.addEventListener("click", (event) => {
		if (!last || !figure.value) return; /* the server puts it at the end of the chosen part */
		event.preventDefault();
		const how = style.value ? ` | ${style.value}` : "";
		last.setRangeText(`{{${figure.value}${how}}}`, last.selectionStart, last.selectionEnd, "end");
		last.dispatchEvent(new Event("input", { bubbles: true }));
		last.focus();
	});
}

function confirmLeave(form) {
	let changed = false;
	form.addEventListener("input", () => { changed = true; });
	form.addEventListener("submit", () => { changed = false; });
	addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}

/* "07022024", "7.2.24" and "7/2" (of this year) become 07/02/2024 when the field is left. */
function day(field) {
	field.addEventListener("change", () => {
		const text = field.value.trim();
		const parts = /^\d{8}$/.test(text) ? [text.slice(0, 2), text.slice(2, 4), text.slice(4)] : text.split(/[/.\- ]/);
		if (parts.length < 2 || parts.length > 3 || !parts.every((p) => /^\d{1,4}$/.test(p)) || parts[0].length > 2) return;
		const [d, m, y = String(new Date().getFullYear())] = parts;
		field.value = `${d.padStart(2, "0")}/${m.padStart(2, "0")}/${y.length === 2 ? `20${y}` : y}`;
	});
}

/* On phones a table is shown as cards; its roles must survive that. */
function keepRoles(table) {
	table.setAttribute("role", "table");
	for (const e of all("thead, tbody, tfoot", table)) e.setAttribute("role", "rowgroup");
	for (const e of all("tr", table)) e.setAttribute("role", "row");
	for (const e of all("td", table)) e.setAttribute("role", "cell");
	for (const e of all("th", table)) e.setAttribute("role", e.scope === "row" ? "rowheader" : "columnheader");
}

function userMenu(menu) {
	document.addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
	menu.addEventListener("keydown", (event) => {
		if (event.key !== "Escape") return;
		menu.open = false;
		menu.querySelector("summary").focus();
	});
}

shortcuts();
all("[data-filter]").forEach(filterList);
all("table[data-sheet]").forEach(sheet);
all("form[data-confirm-leave]").forEach(confirmLeave);
all("form[data-text-editor]").forEach(textEditor);
all("input[data-day]").forEach(day);
all("table.cards").forEach(keepRoles);
all("details.user").forEach(userMenu);
document.getElementById("problems")?.focus();
