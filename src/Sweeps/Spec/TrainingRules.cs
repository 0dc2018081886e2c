using AdvFit.Messages;

namespace AdvFit.Sweeps.Spec;

/// <summary>Which fields of a training belong together.</summary>
internal static class TrainingRules
{
    /// <summary>The fields that do not fit the others, by their keys, and why.</summary>
    public static IEnumerable<(string Key, string Problem)> Broken(TrainingSpec training)
    {
        if (training.Momentum > 0 && training.Optimizer == OptimizerKind.Adam)
        {
            yield return ("momentum", "`momentum` is for `optimizer: sgd` and `rmsprop`; Adam's is `beta1`");
        }

        if (training.Nesterov && (training.Optimizer != OptimizerKind.Sgd || training.Momentum == 0))
        {
            yield return ("nesterov", "`nesterov` is for `optimizer: sgd` with a `momentum`");
        }

        if (training.Schedule == RateSchedule.Step && (training.StepEpochs == 0 || training.StepFactor == 0))
        {
            yield return ("schedule", "`schedule: step` needs `step_epochs` and `step_factor`, such as 10 and 0.1");
        }

        if (training.Schedule != RateSchedule.Step && training.StepEpochs > 0)
        {
            yield return ("step_epochs", "`step_epochs` is for `schedule: step`");
        }

        if (training.Schedule != RateSchedule.Step && training.StepFactor > 0)
        {
            yield return ("step_factor", "`step_factor` is for `schedule: step`");
        }
    }
}
