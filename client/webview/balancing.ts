import { balancing } from "./engine/balancing.ts";
import type {} from "./engine/engine.ts";

window.drydockBalancing = balancing;
