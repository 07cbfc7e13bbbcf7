/** A chart -> the chart element of card JSON 2.0, which takes a definition of VChart (图表组件). Pure. */
import { isNamed, type Chart } from '../../core/chart.js';
import type { Element } from './element.js';

/** Height to width; without a ratio a telephone gives it a square. */
export const CHART_HEIGHT = 9 / 16;

/** Properties that VChart 1.2, the oldest that the documents name, knows as well. */
export function renderChart(chart: Chart): Element {
  const { title, kind, categories, series } = chart;
  const hasNames = isNamed(chart);
  const values = categories.flatMap((category, i) =>
    series
      .map(({ name, values: counts }) => ({ category, name, value: counts[i] ?? 0 }))
      // Of a part that counts nothing no figure stands in the row.
      .filter(({ value }) => kind === 'columns' || !hasNames || value > 0),
  );
  const axes =
    kind === 'rows'
      ? { direction: 'horizontal', xField: 'value', yField: 'category', stack: true }
      : { xField: hasNames ? ['category', 'name'] : 'category', yField: 'value' };
  return {
    tag: 'chart',
    aspect_ratio: '16:9',
    chart_spec: {
      type: 'bar',
      title: { text: title },
      data: { values },
      ...axes,
      ...(hasNames && { seriesField: 'name' }),
      label: { visible: true, ...(kind === 'rows' && hasNames && { position: 'inside' }) },
      legends: { visible: hasNames, orient: 'bottom' },
    },
  };
}
