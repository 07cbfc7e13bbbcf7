/** What is peculiar to WeCom. */
import { adapterContract } from '../contracts/adapter.contract.js';
import { openWecomWire, WECOM_FACTS } from '../helpers/wire-wecom.js';

adapterContract(WECOM_FACTS, openWecomWire);
