// Everything here only adds comfort: each page works without it.
"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const keep = {
    get(name) { try { return sessionStorage.getItem(name); } catch { return null; } },
    set(name, value) { try { sessionStorage.setItem(name, value); } catch { /* storage is off */ } },
  };
  const setting = {
    get(name) { try { return localStorage.getItem(name); } catch { return null; } },
    set(name, value) { try { localStorage.setItem(name, value); } catch { /* storage is off */ } },
  };

  // One click, one request. The server's key would make a second one harmless anyway.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    setTimeout(() => delete form.dataset.sent, 4000);
  });
  addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => delete form.dataset.sent));

  // A form that is filled in where the network comes and goes. What is typed stays in this tab, and only there, until it was sent:
  // a press without network keeps the page, and a page that was lost comes back as it was, with the same id.
  const keptName = (form) => `kept:${form.dataset.kept}:${location.pathname}`;
  const keptFields = (form) => [...form.elements].filter((one) => one.name && !["file", "submit"].includes(one.type) && !/^(csrf|_)/.test(one.name));
  const keptNote = (form, words) => {
    const note = form.parentNode.querySelector("[data-kept-note]") || document.createElement("div");
    note.className = "note note-warning";
    note.dataset.keptNote = "";
    note.setAttribute("role", "status");
    note.textContent = words;
    form.before(note);
    return note;
  };
  const sent = keep.get("kept-sent");
  if (sent && !all("form[data-kept]").some((form) => keptName(form) === sent)) {
    sessionStorage.removeItem(sent);
    sessionStorage.removeItem("kept-sent");
  }
  all("form[data-kept]").forEach((form) => {
    const name = keptName(form);
    const kept = JSON.parse(keep.get(name) || "null");
    if (kept) {
      keptFields(form).forEach((one, at) => {
        if (!(at in kept)) return;
        if (["checkbox", "radio"].includes(one.type)) one.checked = kept[at]; else one.value = kept[at];
      });
      if (keep.get("kept-sent") !== name || !form.querySelector("[aria-invalid=true]")) {
        const drop = document.createElement("button");
        drop.type = "button";
        drop.className = "btn btn-plain";
        drop.textContent = "不要这些内容";
        drop.addEventListener("click", () => { sessionStorage.removeItem(name); location.reload(); });
        keptNote(form, "上次填写的内容没有提交成功，已经恢复，请核对后再提交。").append(" ", drop);
      }
    }
    const save = () => keep.set(name, JSON.stringify(keptFields(form).map((one) => ["checkbox", "radio"].includes(one.type) ? one.checked : one.value)));
    form.addEventListener("input", save);
    form.addEventListener("submit", (event) => {
      save();
      if (navigator.onLine) { keep.set("kept-sent", name); return; }
      event.preventDefault();
      event.stopImmediatePropagation();
      keptNote(form, "现在没有网络，没有提交。填写的内容留在本页，有网络后再按一次。").scrollIntoView({ block: "center" });
    }, true);
  });

  // Numbers of persons never go into an address: a form that is sent as one stops and says where to look them up. The server
  // takes them out as well.
  const number = /(?:^|[^0-9A-Za-z.-])(\d{17}[\dXx]|\d{13,32}|1[3-9]\d[ -]?\d{4}[ -]?\d{4}|0\d{2,3}-?[2-9]\d{6,7})(?![0-9A-Za-z])/;
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "get") return;
    const box = all("input:not([type=hidden]), textarea", event.target).find((one) => number.test(one.value.normalize("NFKC")));
    if (!box) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    box.setCustomValidity("这里不能填身份证号、电话或账号。请在页面上方的查找框中按号码查找。");
    box.addEventListener("input", () => box.setCustomValidity(""), { once: true });
    box.reportValidity();
  }, true);

  // A list remembers its filter and page: links back to it lead to where one was.
  const remember = () => { if (document.getElementById("listing")) keep.set("list:" + location.pathname, location.search); };
  const backLinks = () => all(".crumbs a[href], a[data-list]").forEach((link) => {
    const search = keep.get("list:" + link.pathname);
    if (search && !link.search) link.search = search;
  });

  // A part of the menu stays open or folded on the next pages as it was left; the part of the page itself is open.
  all("details.menu-part").forEach((part) => {
    const name = "menu:" + part.querySelector("summary").textContent;
    const left = keep.get(name);
    if (left) part.open = left === "open" || part.querySelector("[aria-current]") !== null;
    part.querySelector("summary").addEventListener("click", () => keep.set(name, part.open ? "folded" : "open"));
  });

  // Choosing rows.
  const count = (form) => {
    const picked = all("input[name=ids]:checked", form).length;
    const words = form.querySelector("[data-picked]");
    if (words) { words.hidden = picked === 0; words.textContent = `已选 ${picked} 条`; }
    const whole = form.querySelector("[data-pick-all]");
    if (whole) {
      const boxes = all("input[name=ids]", form).length;
      whole.checked = boxes > 0 && picked === boxes;
      whole.indeterminate = picked > 0 && picked < boxes;
    }
  };
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form.rows");
    if (!form) return;
    if (event.target.matches("[data-pick-all]")) all("input[name=ids]", form).forEach((box) => { box.checked = event.target.checked; });
    count(form);
  });

  // Keys: / search, j and k rows, x choose, ? help. One switch turns them all off (WCAG 2.1.4).
  const typing = (target) => target.closest("input, textarea, select, [contenteditable]");
  const rows = () => all("[data-rows] > tbody > tr");
  const move = (step) => {
    const lines = rows();
    if (!lines.length) return;
    const now = lines.findIndex((line) => line.classList.contains("at"));
    const next = lines[Math.min(lines.length - 1, Math.max(0, now + step))];
    lines.forEach((line) => line.classList.toggle("at", line === next));
    (next.querySelector("a[href]") || next.querySelector("input"))?.focus();
    next.scrollIntoView({ block: "nearest" });
  };
  const keysOn = () => setting.get("keys") !== "off";
  const help = () => {
    let dialog = document.getElementById("keys");
    if (!dialog) {
      dialog = document.createElement("dialog");
      dialog.id = "keys";
      dialog.className = "keys";
      dialog.setAttribute("aria-labelledby", "keys-head");
      dialog.innerHTML = `<h2 id="keys-head">键盘操作</h2><dl><dt><kbd>/</kbd></dt><dd>到查找框</dd><dt><kbd>j</kbd> <kbd>k</kbd></dt><dd>清单中下一行、上一行；回车打开</dd><dt><kbd>x</kbd></dt><dd>勾选这一行</dd><dt><kbd>n</kbd> <kbd>p</kbd></dt><dd>下一页、上一页</dd><dt><kbd>?</kbd></dt><dd>打开本说明</dd></dl><p><label class="tick"><input type="checkbox" class="form-check-input"> <span>使用以上单键操作</span></label></p><form method="dialog"><button class="btn btn-secondary">关闭</button></form>`;
      document.body.append(dialog);
      const box = dialog.querySelector("input");
      box.checked = keysOn();
      box.addEventListener("change", () => setting.set("keys", box.checked ? "on" : "off"));
    }
    dialog.showModal();
  };
  const acts = {
    "/": () => (document.getElementById("find") || document.querySelector(".filters input:not([type=hidden])"))?.focus(),
    j: () => move(1),
    k: () => move(-1),
    x: () => { document.querySelector("tr.at input[name=ids]")?.click(); },
    n: () => { document.querySelector(".pages a[rel=next]")?.click(); },
    p: () => { document.querySelector(".pages a[rel=prev]")?.click(); },
    "?": help,
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
    if (!keysOn() || document.querySelector("dialog[open]")) return;
    const act = acts[event.key];
    if (act) { event.preventDefault(); act(); }
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-keys]")) help();
    all("details.mine[open]").forEach((one) => { if (!one.contains(event.target)) one.open = false; });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    all("details.mine[open]").forEach((one) => { one.open = false; one.querySelector("summary").focus(); });
  });

  // A session that nobody uses ends. Whoever types or clicks goes on; whoever does neither is asked in time (WCAG 2.2.1).
  const idle = Number(document.body.dataset.idle) * 1000;
  if (idle) {
    const lead = Math.min(120000, idle / 2);
    const opened = Date.now();
    const seen = () => Math.max(opened, Number(setting.get("seen")) || 0);  // shared by all tabs
    let acted = 0, dialog;
    const stay = async () => {
      acted = 0;
      const answer = await fetch(document.body.dataset.stay, { redirect: "manual" }).catch(() => null);
      if (answer?.status === 204) setting.set("seen", Date.now());
      check();
    };
    const ask = (over) => {
      if (!dialog) {
        dialog = document.createElement("dialog");
        dialog.id = "idle";
        dialog.setAttribute("role", "alertdialog");
        dialog.setAttribute("aria-labelledby", "idle-head");
        dialog.setAttribute("aria-describedby", "idle-words");
        dialog.innerHTML = `<h2 id="idle-head"></h2><p id="idle-words"></p><form method="dialog"><button class="btn btn-primary"></button></form>`;
        dialog.querySelector("form").addEventListener("submit", () => { if (dialog.dataset.over !== "true") stay(); });
        document.body.append(dialog);
      }
      if (dialog.dataset.over === String(over)) return;
      dialog.dataset.over = over;
      dialog.querySelector("h2").textContent = over ? "已退出登录" : "即将退出登录";
      dialog.querySelector("p").textContent = over
        ? "较长时间没有操作，已退出登录。本页已填写的内容还在：提交后重新登录即可接着办理，不会丢失。"
        : `较长时间没有操作。为保护居民信息，${lead >= 120000 ? "两分钟" : "片刻"}后将退出登录。`;
      dialog.querySelector("button").textContent = over ? "回到本页" : "继续使用";
      if (!dialog.open) dialog.showModal();
    };
    const check = () => {
      const left = seen() + idle - Date.now();
      if (left > 0 && acted > seen() && Date.now() - seen() > idle / 10) stay();
      else if (left <= lead) ask(left <= 0);
      else if (dialog) { dialog.close(); delete dialog.dataset.over; }
    };
    setting.set("seen", opened);
    ["keydown", "pointerdown"].forEach((act) => document.addEventListener(act, () => { if (!dialog?.open) acted = Date.now(); }));
    document.addEventListener("visibilitychange", check);
    setInterval(check, Math.min(5000, lead / 4));
  }

  // Buttons that only make sense with a script.
  document.addEventListener("click", (event) => { if (event.target.closest("[data-print]")) print(); });

  // Charts: ECharts is fetched only where a page has one. The table below says the same.
  const colours = ["#1d5c57", "#b7791f", "#44637a", "#8c4a3c", "#6f7f3a", "#7a5b86"];
  const stripe = (rotation) => ({ color: "rgba(255,255,255,.6)", symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 5], rotation });
  const decals = [{ color: "rgba(0,0,0,0)" }, stripe(-Math.PI / 4), stripe(Math.PI / 4), stripe(0), stripe(Math.PI / 2)];
  const draw = (box) => {
    const data = JSON.parse(document.getElementById(box.dataset.chart).textContent);
    box.hidden = false;
    box.closest("figure").querySelector(".twin")?.removeAttribute("open");
    const size = parseFloat(getComputedStyle(document.documentElement).fontSize) * 0.86;
    const text = { fontSize: size, fontFamily: getComputedStyle(document.body).fontFamily, color: "#56636a" };
    const whole = data.series.every((one) => one.values.every((value) => value === null || Number.isInteger(value)));
    const written = (one) => {
      const value = one !== null && typeof one === "object" ? one.value : one;
      return value === null || value === undefined ? "—" : Number(value).toLocaleString("zh-CN");
    };
    const sideways = data.form === "row";
    const names = { type: "category", data: data.categories, axisLabel: text, axisTick: { show: false }, axisLine: { lineStyle: { color: "#8a979d" } }, inverse: sideways };
    const values = { type: "value", minInterval: whole ? 1 : 0, axisLabel: { ...text, formatter: written }, splitLine: { lineStyle: { color: "#dde3e5" } } };
    const single = data.series.length === 1;
    const chart = echarts.init(box, null, { renderer: "canvas" });
    chart.setOption({
      color: colours,
      textStyle: text,
      animation: false,
      aria: { enabled: true, decal: { show: !single && data.form !== "line", decals }, label: { description: box.getAttribute("aria-label") } },
      grid: { left: 4, right: sideways && single ? 56 : 16, top: single ? 28 : 40, bottom: 4, containLabel: true },
      legend: single ? undefined : { top: 0, left: 0, textStyle: text, icon: "rect", itemHeight: 10 },
      tooltip: { trigger: "axis", renderMode: "richText", valueFormatter: written, axisPointer: { type: data.form === "line" ? "line" : "shadow" } },
      xAxis: sideways ? values : names,
      yAxis: sideways ? names : values,
      series: data.series.map((one, index) => ({
        name: one.name, data: one.values, type: data.form === "line" ? "line" : "bar", barMaxWidth: 28,
        stack: data.form === "stack" ? "whole" : undefined, symbol: ["circle", "rect", "triangle", "diamond"][index % 4], symbolSize: 7,
        label: { show: single && data.form !== "line" && data.categories.length <= 14, position: sideways ? "right" : "top", ...text, color: "#1d2629", formatter: written },
      })),
    });
    new ResizeObserver(() => chart.resize()).observe(box);
  };
  const charts = () => {
    const boxes = all("[data-chart][hidden]");
    if (!boxes.length) return;
    const script = document.createElement("script");
    script.src = document.body.dataset.echarts;
    script.onload = () => boxes.forEach(draw);
    document.head.append(script);
  };

  // htmx swaps one part of a page: the list, or the progress of long work. Where the answer lacks it (sign-in, a fault) the
  // whole page is loaded. An empty answer says that nothing has changed.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status === 204) return;
    const part = event.detail.target.id || "listing";
    if (event.detail.serverResponse.includes(`id="${part}"`)) return;
    event.detail.shouldSwap = false;
    if (part === "listing") location.assign(event.detail.pathInfo.finalRequestPath || event.detail.pathInfo.requestPath);
    else location.reload();
  });
  // A table wider than its place scrolls by itself, also by keyboard; the page never does.
  const fitTables = () => all("table.table:not([role]), table.form-table").forEach((table) => {
    if (table.offsetWidth <= table.parentElement.clientWidth || table.parentElement.matches(".wide")) return;
    const box = document.createElement("div");
    box.className = "wide";
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", table.caption?.textContent.trim() || "表格，可左右滚动");
    table.before(box);
    box.append(table);
  });

  const settle = () => {
    fitTables();
    remember();
    all("[data-pick-all]").forEach((box) => { box.hidden = false; });
    all("[data-keys]").forEach((button) => { button.hidden = false; });
    all("form.rows").forEach(count);
  };
  document.addEventListener("htmx:afterSettle", settle);
  backLinks();
  settle();
  charts();
  document.addEventListener("toggle", (event) => { if (event.target.open) fitTables(); }, true);
})();
