import Handlebars from 'handlebars/runtime.js';
import { page, partials } from './templates.generated.js';
import type { PageView } from './view/page-view.js';

// The package's types for the runtime alone are empty.
declare module 'handlebars/runtime.js' {
  function template(
    compiled: object,
  ): (view: object, options?: { partials: Readonly<Record<string, unknown>> }) => string;
}

const template = Handlebars.template(page);
const parts = Object.fromEntries(Object.entries(partials).map(([name, part]) => [name, Handlebars.template(part)]));

/** Prints the view with the precompiled templates; everything the view holds is escaped. */
export function printPage(view: PageView): string {
  return template(view, { partials: parts });
}
