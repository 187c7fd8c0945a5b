import { LIMITS } from "@balise/schema";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Doorkeeper } from "../door/doorkeeper.js";
import { HttpError } from "../errors.js";
import { asked } from "../surveys/asked.js";
import type { Configs } from "../surveys/configs.js";
import { lint } from "../surveys/lint.js";
import { parsePlan, PlanError } from "../surveys/plan.js";
import type { Plans, SavedPlan } from "../surveys/plans.js";

interface SurveysDeps {
  door: Doorkeeper;
  plans: Plans;
  configs: Configs;
}

/** `GET /v1/surveys` gives the plan that holds, `POST /v1/surveys` saves another; with the secret key. */
export async function surveysRoutes(app: FastifyInstance, deps: SurveysDeps): Promise<void> {
  const { door, plans, configs } = deps;
  app.addHook("onRequest", async (request) => {
    await door.admitBearer(request, "secretKey");
  });

  app.get("/v1/surveys", async (request, reply) => {
    const site = await door.admitBearer(request, "secretKey");
    return answer(reply, await asked(() => plans.of(site.id)));
  });

  app.post("/v1/surveys", { bodyLimit: LIMITS.surveyPlanBytes }, async (request, reply) => {
    const site = await door.admitBearer(request, "secretKey");
    const plan = planOf(request);
    const saved = await asked(() => plans.save(site.id, plan));
    configs.forget(site.id);
    return answer(reply, saved);
  });
}

function planOf({ body }: FastifyRequest): ReturnType<typeof parsePlan> {
  try {
    return parsePlan(body);
  } catch (error) {
    if (error instanceof PlanError) throw new HttpError("invalid_body", error.message);
    throw error;
  }
}

function answer(reply: FastifyReply, { revision, savedAt, plan }: SavedPlan): FastifyReply {
  return reply.header("cache-control", "no-store").send({
    revision,
    savedAt: savedAt === 0 ? undefined : new Date(savedAt).toISOString(),
    plan,
    warnings: lint(plan),
  });
}
