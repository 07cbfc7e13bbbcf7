/** A chart: meaning only. A platform draws it in its own cards, or a picture of it is sent; its text is the form that every one can show. */

/** `rows`: one under the other, the parts of a row side by side · `columns`: over time, the parts beside each other. */
export type Chart = {
  title: string;
  kind: 'rows' | 'columns';
  categories: string[];
  /** The one series of a chart that counts one thing has no name. */
  series: { name: string; values: number[] }[];
};

export const isNamed = ({ series }: Chart): boolean => series.some(({ name }) => name !== '');

/** Signs of the longest bar in a text. */
const BAR_MAX = 16;

/** Parts that count nothing are left out. */
export function chartToText({ title, categories, series }: Chart): string {
  const totals = categories.map((_, i) => series.reduce((sum, { values }) => sum + (values[i] ?? 0), 0));
  const most = Math.max(1, ...totals);
  const lines = categories.map((category, i) => {
    const total = totals[i] ?? 0;
    const parts = series.flatMap(({ name, values }) =>
      (values[i] ?? 0) > 0 ? [[name, values[i]].filter(Boolean).join(' ')] : [],
    );
    const bar = '▇'.repeat(Math.ceil((total / most) * BAR_MAX));
    return [category, bar, parts.join('、') || '0'].filter(Boolean).join(' ');
  });
  return [`${title}:`, ...lines].join('\n');
}
