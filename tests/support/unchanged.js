// Marks the parts of a page that an accessibility check has not seen as they are now, so that it looks at nothing twice.
// A part is the same when its HTML, its checked and focused fields and the tags above it are the same, at the same size
// and in the same light. Answers how many parts are marked, the names of all new ones, to be remembered when they pass, and
// whether the outline (headings, landmarks, roles, what stands directly in the page) is new.
(seen) => {
  const SMALL = 8; // with fewer elements in it, a part is looked at again whenever anything beside it changed
  const known = new Set(seen);
  const plain = (text) => text
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, "uuid")
    .replace(/[A-Za-z0-9]{32,}/g, "token");
  const named = (text) => {
    let one = 0xdeadbeef;
    let two = 0x41c6ce57;
    for (let at = 0; at < text.length; at += 1) {
      one = Math.imul(one ^ text.charCodeAt(at), 2654435761);
      two = Math.imul(two ^ text.charCodeAt(at), 1597334677);
      one = (one << 13) | (one >>> 19);
    }
    return (one >>> 0).toString(36) + (two >>> 0).toString(36);
  };
  const light = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const fresh = [];
  let marked = 0;
  const look = (part, above) => {
    if (part.getElementsByTagName("*").length >= SMALL) {
      const state = [...part.querySelectorAll(":checked, :focus")].map((one) => one.id || one.name).join();
      const name = named([innerWidth, light, above, state, plain(part.outerHTML)].join("|"));
      if (known.has(name)) return "known";
      fresh.push(name);
      const own = above + plain(part.cloneNode(false).outerHTML);
      const parts = [...part.children];
      const answers = parts.map((child) => look(child, own));
      if (answers.some((answer) => answer !== "new")) {
        parts.filter((child, number) => answers[number] === "new").forEach(mark);
        return "partly";
      }
    }
    return "new";
  };
  const mark = (part) => {
    part.setAttribute("data-to-check", "");
    marked += 1;
  };
  const bones = "h1, h2, h3, h4, h5, h6, main, nav, header, footer, aside, section, form, [role], body > *";
  const seenBones = [...document.querySelectorAll(bones)].filter((one) => one.checkVisibility());
  const outline = named([innerWidth, document.title, ...seenBones.map((one) => plain(one.cloneNode(false).outerHTML))].join());
  if (look(document.body, document.title) === "new") mark(document.body);
  return { marked, outline: known.has(outline) ? "" : outline, fresh };
}
