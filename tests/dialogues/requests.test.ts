/** Dialogues about requests and the sources of reminders are data, played on the console and on both platforms' fakes. */
import { useAssistant } from '../helpers/assistant.js';
import { playFolder } from '../helpers/dialogues.js';
import { openPlatformAssistant, startPlatformStage } from '../helpers/platform-stage.js';
import { startConsoleStage } from '../helpers/stage.js';

const assistant = useAssistant();
const platformAssistant = useAssistant(() => openPlatformAssistant());

for (const folder of ['requests', 'reminders-sources', 'binding'])
  playFolder(`tests/dialogues/${folder}`, [
    ['console', (start) => startConsoleStage(assistant(), start)],
    ['Telegram and Feishu', (start) => startPlatformStage(platformAssistant(), start)],
  ]);
