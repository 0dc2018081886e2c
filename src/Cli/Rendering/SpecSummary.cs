using System.Globalization;
using AdvFit.Messages;
using AdvFit.Messages.Fields;
using AdvFit.Sweeps.Housekeeping;

namespace AdvFit.Cli.Rendering;

/// <summary>What a spec asks for, in words.</summary>
internal static class SpecSummary
{
    /// <summary>Facts by name, to be shown with <see cref="Tables.Facts"/>.</summary>
    public static IEnumerable<(string Name, string Value)> Of(SweepSpec spec, DataProvenance data)
    {
        yield return ("data", spec.Subsample is { } subsample
            ? $"{data.Name}, {Images(subsample.Train, subsample.Test)} drawn from {Images(data.Train, data.Test)}"
            : $"{data.Name}, {Images(data.Train, data.Test)}");
        if (spec.Preprocess is { } preprocess)
        {
            yield return ("", string.Create(
                CultureInfo.InvariantCulture,
                $"photographs resized ({preprocess.Resize}) to squares of {preprocess.Size} pixels, ")
                + string.Create(CultureInfo.InvariantCulture, $"{100 * preprocess.Crop}% of the shorter side"));
        }

        if (spec.TestSize is not null)
        {
            yield return ("", "the test split is not of the published size");
        }

        foreach (var note in data.Notes)
        {
            yield return ("", $"Note: {note}");
        }

        if (spec.Knn is { } knn)
        {
            yield return ("classifier", $"k-NN, K = {knn.Z} (Z) down to 1; ties to the "
                + (knn.Ties == TieRules.Smallest ? "smallest class" : "nearest neighbour's class"));
        }

        var training = spec.Training;
        yield return (spec.Knn is null ? "network" : "attacked on", string.Create(
            CultureInfo.InvariantCulture,
            $"{spec.Network}, {Format.Count(training.Epochs, "epoch")} of {NameOf(training.Optimizer)} at {training.LearningRate}, batches of {training.BatchSize}")
            + string.Concat(SpecFields.All.Where(
                field => field.IsLeftOutAtDefault && field.Field.Type != typeof(OptimizerKind) && field.Of(spec) is not null).Select(
                field => string.Create(CultureInfo.InvariantCulture, $", {field.Field.Name} {field.Of(spec)}")))
            + (spec.Knn?.Choose switch
            {
                null => "",
                EpochChoices.Last => "; the last epoch",
                _ => "; the epoch of the highest test accuracy",
            }));
        foreach (var (attack, i) in spec.Attacks.Select((attack, i) => (attack, i)))
        {
            yield return (i == 0 ? "attacks" : "", Describe(attack));
        }

        if (spec.Keep != default)
        {
            yield return ("keeps", $"{DiscardableFiles.Describe(spec.Keep)}, once a shuffle is completed and `{Invocation.Program} gc` is run");
        }

        yield return ("shuffles", string.Create(CultureInfo.InvariantCulture, $"{spec.Shuffles}, seed {spec.Seed}"));
    }

    private static string NameOf(OptimizerKind optimizer) => optimizer switch
    {
        OptimizerKind.Sgd => "SGD",
        OptimizerKind.RmsProp => "RMSprop",
        _ => "Adam",
    };

    private static string Images(int train, int test) => $"{Format.Count(train)} train + {Format.Count(test)} test images";

    private static string Describe(AttackSpec attack)
    {
        var name = attack.Label == attack.Attack ? attack.Label : $"{attack.Label}: {attack.Attack}";
        var parameters = string.Join(
            ", ", attack.Parameters.Select(parameter => string.Create(CultureInfo.InvariantCulture, $"{parameter.Key} {parameter.Value}")));
        var samples = attack.Samples is { } most ? $", at most {Format.Count(most, "sample")}" : "";
        return $"{name}, profile {attack.Profile} ({parameters}){samples}";
    }
}
