/** Dialogues in a county where 建议 waits for the leave of one's own leaders. */
import { readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { openSampleAssistant, useAssistant } from '../helpers/assistant.js';
import { playFolder } from '../helpers/dialogues.js';
import { makeFolder } from '../helpers/folder.js';
import { kindsWithLeave } from '../helpers/leave.js';
import { startConsoleStage } from '../helpers/stage.js';

const assistant = useAssistant(() => {
  const dir = makeFolder();
  for (const name of readdirSync('knowledge').filter((it) => it !== 'requests'))
    symlinkSync(join(process.cwd(), 'knowledge', name), join(dir, name));
  kindsWithLeave(join(dir, 'requests'));
  return openSampleAssistant({ KNOWLEDGE_DIR: dir });
});

playFolder('tests/dialogues/approval', [['console', (start) => startConsoleStage(assistant(), start)]]);
