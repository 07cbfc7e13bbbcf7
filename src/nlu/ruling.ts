/** A ruling in everyday words: which unit leads, which support, which are said not to be responsible. Pure. */
import type { Mention } from '../organizations/names.js';

export type RulingWords = {
  /** '' where no unit or more than one is named as the one that leads. */
  lead: string;
  support: string[];
  /** Named as not responsible. */
  denied: string[];
  /** Named without a word that says in which part. */
  others: string[];
  /** Every unit stands with a word for its part, and none with two: nothing was concluded. */
  isPlain: boolean;
};

type Part = 'lead' | 'support' | 'denied';
type Finder = (text: string) => Mention[];

/** Between two units: what is said of the last one is said of all. */
const JOINER = /^(?:和|与|及|以及|跟|同|、|,|\uff0c)$/;
const CLAUSE = /[,\uff0c。;\uff1b!\uff01\n]/;

/** Any denial near the unit: to ask once too often is better than to rule the reverse. */
const DENIED_BEFORE = /(?:不|没|非|别|勿|莫)[^,\uff0c]{0,5}$/;
/** Denials of something else: the matter that nobody takes. */
const NOT_OF_UNITS = /(?:没人|无人|都不|谁都不|不)(?:管理?|接|理|修|清|认领?|明确?|作为|但|仅|只)/g;
const DENIED_AFTER =
  /^(?:的?(?:事情?|职责|责任|范围|活))?(?:也|都|均|并|既|就)?(?:不(?!仅|但|只)|没|无|非|别)/;
const HANDED_ON = /^(?:改|变更|调整|转|换)(?:为|成|由|给)/;
const LEAD_BEFORE =
  /(?:(?:主办|牵头|主责|主管|负责|责任|承办)(?:的?单位)?(?:是|为|定为|明确为|应为|应该是|:|\uff1a)?|(?:应该?|应当|明确|裁定)?(?:归|属于|由|交给?|交由|转由|改由|改为)|属|应是|而是|是)$/;
const LEAD_AFTER =
  /^(?:来|去|作为|为|单独|全部|一家)?(?:主办|牵头|主责|负责|承办|承担|主管|管|办理|办|处理|的(?:事|职责|责任|活|业务|范围|管辖))/;
const SUPPORT_BEFORE = /(?:协办|配合|协助|协同)(?:的?单位)?(?:是|为|:|\uff1a)?(?:还有)?$/;
const SUPPORT_AFTER = /^(?:来|去|作为|为|予以|进行|做好|要|也|负责)?(?:协办|配合|协助|协同|参与|支持)/;

/** Every place where a unit is named, in order; `mentions` gives each unit once. */
function occurrences(text: string, mentions: Finder): Mention[] {
  const found: Mention[] = [];
  let from = 0;
  for (;;) {
    const [first] = mentions(text.slice(from)).sort((a, b) => a.index - b.index);
    if (!first) return found;
    found.push({ ...first, index: from + first.index });
    from += first.index + first.alias.length;
  }
}

/** Units named in a row, and what stands before the first and behind the last. */
type Run = { units: string[]; before: string; after: string };

function runsIn(clause: string, mentions: Finder): Run[] {
  const named = occurrences(clause, mentions);
  const runs: Run[] = [];
  named.forEach(({ unit, alias, index }, i) => {
    const previous = named[i - 1];
    const before = clause.slice(previous ? previous.index + previous.alias.length : 0, index).trim();
    const after = clause.slice(index + alias.length, named[i + 1]?.index).trim();
    const last = runs.at(-1);
    if (last && JOINER.test(before)) {
      last.units.push(unit);
      last.after = after;
    } else runs.push({ units: [unit], before, after });
  });
  return runs;
}

/** `own`: the unit that rules; where it is named it decides, it is not decided upon. */
export function parseRuling(text: string, mentions: Finder, own = ''): RulingWords {
  const parts = new Map<string, Set<Part>>();
  const others = new Set<string>();
  for (const run of text.split(CLAUSE).flatMap((clause) => runsIn(clause, mentions))) {
    const part = partOf(run.before, run.after);
    for (const unit of run.units) {
      if (unit === own) continue;
      if (part === null) others.add(unit);
      else parts.set(unit, (parts.get(unit) ?? new Set()).add(part));
    }
  }
  const of = (part: Part) => [...parts].filter(([, has]) => has.has(part)).map(([unit]) => unit);
  const conflicting = [...parts].some(([, has]) => has.size > 1);
  const leads = of('lead');
  const left = [...others].filter((unit) => !parts.has(unit));
  const support = of('support');
  // "裁定:住建局,水利局配合": the one unit that nothing is said of leads.
  const [only = ''] = leads.length > 0 ? leads : left.length === 1 ? left : [];
  return {
    lead: conflicting || leads.length > 1 ? '' : only,
    support,
    denied: of('denied'),
    others: left.filter((unit) => unit !== only),
    isPlain: !conflicting && leads.length === 1 && left.length === 0,
  };
}

function partOf(before: string, after: string): Part | null {
  const near = before.replace(NOT_OF_UNITS, '');
  if (DENIED_BEFORE.test(near) || DENIED_AFTER.test(after) || HANDED_ON.test(after)) return 'denied';
  if (SUPPORT_AFTER.test(after)) return 'support';
  if (LEAD_AFTER.test(after)) return 'lead';
  // "水利局配合住建局": who is helped leads.
  if (SUPPORT_BEFORE.test(before)) return /^(?:配合|协助|协同)$/.test(before) ? 'lead' : 'support';
  return LEAD_BEFORE.test(before) ? 'lead' : null;
}
