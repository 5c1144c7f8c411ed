import type {} from "./engine/engine.ts";
import { rollouts } from "./engine/rollouts.ts";

window.drydockSimulation = rollouts;
