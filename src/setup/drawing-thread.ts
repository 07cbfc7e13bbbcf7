/** The thread that draws one picture and ends; see drawing.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Chart } from '../core/chart.js';
import { svgToPng } from '../charts/png.js';
import { chartsToSvg } from '../charts/svg.js';

parentPort?.postMessage(svgToPng(chartsToSvg(workerData as Chart[])));
