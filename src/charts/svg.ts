/** Charts -> one SVG, one under the other. Loaded only when a picture is asked for. */
import type * as Echarts from 'echarts';
import { isNamed, type Chart } from '../core/chart.js';

export const WIDTH = 720;
/** The family name of the font that the picture is set in. */
export const FONT = 'Noto Sans Hans';

/** The whole of ECharts as one file: what else stands in the package is taken away (`scripts/trim.mjs`). */
const echarts = (await import('echarts/dist/echarts.esm.min.mjs' as string)) as typeof Echarts;

/** Distinct in print, and for who sees no red and green: blue, orange, red, grey, light. */
const COLOURS = ['#3370ff', '#ff9f1a', '#d83931', '#8f959e', '#c9cdd4'];
const BASE = { heading: 64, legend: 44, row: 54, columns: 260 };

const heightOf = (chart: Chart): number =>
  BASE.heading +
  (chart.kind === 'rows' ? chart.categories.length * BASE.row + 30 : BASE.columns) +
  (isNamed(chart) ? BASE.legend : 0);

export function chartsToSvg(charts: readonly Chart[]): string {
  let height = 0;
  const drawn = charts.map((chart) => {
    const own = heightOf(chart);
    const svg = draw(chart, own).replace('<svg ', `<svg y="${height}" `);
    height += own;
    return svg;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}">${drawn.join('')}</svg>`;
}

function draw(chart: Chart, height: number): string {
  const canvas = echarts.init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  canvas.setOption(optionOf(chart));
  const svg = canvas.renderToSVGString();
  canvas.dispose();
  return svg;
}

function optionOf(chart: Chart): Echarts.EChartsOption {
  const { title, kind, categories, series } = chart;
  const text = { fontFamily: FONT, fontSize: 18, color: '#1f2329' };
  const hasNames = isNamed(chart);
  const names = {
    type: 'category' as const,
    data: categories,
    axisLabel: { ...text, ...(kind === 'columns' && { interval: 0 }) },
    axisTick: { show: false },
    inverse: kind === 'rows',
  };
  const counts = { type: 'value' as const, minInterval: 1, axisLabel: { ...text, fontSize: 16 } };
  return {
    animation: false,
    color: COLOURS,
    textStyle: text,
    title: { text: title, left: 16, top: 12, textStyle: { ...text, fontSize: 22, fontWeight: 'normal' } },
    ...(hasNames && { legend: { bottom: 8, textStyle: text, itemWidth: 18, itemHeight: 14 } }),
    grid: { left: 16, right: 40, top: BASE.heading, bottom: hasNames ? BASE.legend : 16, containLabel: true },
    ...(kind === 'rows' ? { xAxis: counts, yAxis: names } : { xAxis: names, yAxis: counts }),
    series: series.map(({ name, values }) => ({
      ...{ name, type: 'bar' as const, data: values, barMaxWidth: 36 },
      ...(kind === 'rows' && { stack: 'all' }),
      label: {
        show: true,
        fontFamily: FONT,
        fontSize: 16,
        ...(kind === 'rows' && hasNames
          ? {}
          : { position: kind === 'rows' ? ('right' as const) : ('top' as const) }),
        // Of a part that counts nothing no figure stands in the row.
        formatter: ({ value }: { value: unknown }) => (Number(value) > 0 ? String(value) : ''),
      },
    })),
  };
}
