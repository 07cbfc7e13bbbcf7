/** Dialogues about requests and the sources of reminders are data, played on the console and on both platforms' fakes. */
import { useBrain } from '../helpers/assistant.js';
import { playFolder } from '../helpers/dialogues.js';
import { openPlatformBrain, startPlatformStage } from '../helpers/platform-stage.js';
import { startConsoleStage } from '../helpers/stage.js';

const brain = useBrain();
const platformBrain = useBrain(() => openPlatformBrain());

for (const folder of ['requests', 'reminders-sources'])
  playFolder(`tests/dialogues/${folder}`, [
    ['console', (start) => startConsoleStage(brain(), start)],
    ['Telegram and Feishu', (start) => startPlatformStage(platformBrain(), start)],
  ]);
