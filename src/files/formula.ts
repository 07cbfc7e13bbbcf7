/**
 * Cells that a spreadsheet would take for a formula. Whatever people wrote is exported with one apostrophe before it
 * (OWASP, CSV injection); what is imported loses that one apostrophe again, so that both ways give the same text.
 */
const FORMULA = /^'*[=+\-@\t\r]/;
const NEUTRALISED = /^'+[=+\-@\t\r]/;

/** The cell as it is exported. */
export const neutralCell = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

/** The text of an imported cell. */
export const plainCell = (text: string): string => (NEUTRALISED.test(text) ? text.slice(1) : text);
