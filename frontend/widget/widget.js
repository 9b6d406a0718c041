// What another site puts on its page: the first results of a search, with links to them.
//
//   <script async src="https://…/widget.js" data-search="what=nursing&amp;where=LS1"></script>
//
// shows them where it stands; without data-search it only teaches the page the element
// <wex-opportunities search="…">. No cookies, nothing kept, nothing of the page read.
(() => {
  const STYLE = '@widget.css@';
  const NAME = 'wex-opportunities';
  const MOST = 20;
  const own = document.currentScript;
  const service = new URL('.', own?.src ?? location.href).href;

  /** An element with properties and children; text is always text, never markup. */
  function make(name, properties, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) element.setAttribute(key, value);
    element.append(...children.filter((child) => child !== null && child !== ''));
    return element;
  }

  /** An address of the service, for a search. */
  const address = (path, search) => `${service}${path}${search.toString() ? `?${search}` : ''}`;

  /** A whole number between two. */
  const between = (text, least, most, otherwise) => {
    const number = Number.parseInt(text ?? '', 10);
    return Number.isNaN(number) ? otherwise : Math.min(Math.max(number, least), most);
  };

  class Opportunities extends HTMLElement {
    connectedCallback() {
      if (this.shadowRoot) return;
      const root = this.attachShadow({ mode: 'open' });
      try {
        // A page's content policy may refuse elements of style; it cannot refuse this.
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(STYLE);
        root.adoptedStyleSheets = [sheet];
      } catch {
        root.append(make('style', {}, STYLE));
      }
      this.show(root);
    }

    /** What the page wrote, on the element. */
    said(name) {
      return this.getAttribute(name)?.trim() || null;
    }

    async show(root) {
      const search = new URLSearchParams(this.said('search')?.replace(/^[^?]*\?/, '') ?? '');
      const level = between(this.said('heading-level'), 1, 6, 2);
      const heading = make(`h${level}`, { id: 'heading' }, this.said('heading') ?? 'Work experience in health and care');
      const status = make('p', { role: 'status' }, 'Looking for opportunities…');
      const box = make('section', { class: 'wex', 'aria-labelledby': 'heading', lang: 'en-GB' }, heading, status);
      for (const name of ['colour', 'background', 'text']) {
        const colour = this.said(name);
        if (colour && CSS.supports('color', colour)) box.style.setProperty(`--wex-${name}`, colour);
      }
      root.append(box);
      const link = (words) => make('p', {}, make('a', { href: address('opportunities', search) }, words));
      try {
        const asked = new URLSearchParams(search);
        asked.set('limit', between(this.said('number'), 1, MOST, 5));
        const answer = await fetch(address('api/v1/opportunities', asked), {
          credentials: 'omit',
          referrerPolicy: 'no-referrer',
          signal: AbortSignal.timeout(15000),
        });
        if (!answer.ok) throw new Error(String(answer.status));
        const { items, total } = await answer.json();
        if (items.length === 0) {
          status.textContent = 'There is nothing for this search now.';
          box.append(make('p', {}, make('a', { href: `${service}opportunities` }, 'Look for other opportunities')));
          return;
        }
        box.append(make('ul', { role: 'list' }, ...items.map((item) => this.item(item))));
        status.textContent = items.length < total ? `The first ${items.length} of ${total}.` : `${total} found.`;
        box.append(link(items.length < total ? `See all ${total}, and apply` : 'See these on wex, and apply'));
      } catch {
        status.textContent = 'The list cannot be shown now.';
        box.append(link('See it on wex'));
      }
    }

    item({ url, title, organisation, town, away, when, closes }) {
      const where = [organisation, town, away].filter(Boolean).join(', ');
      return make(
        'li',
        {},
        make('a', { href: url }, title),
        make('p', {}, where),
        make('p', {}, when),
        closes ? make('p', { class: 'closes' }, closes) : null,
      );
    }
  }

  if (!customElements.get(NAME)) customElements.define(NAME, Opportunities);
  if (own?.dataset.search !== undefined) {
    const element = document.createElement(NAME);
    for (const { name, value } of own.attributes) {
      if (name.startsWith('data-')) element.setAttribute(name.slice(5), value);
    }
    own.after(element);
  }
})();
