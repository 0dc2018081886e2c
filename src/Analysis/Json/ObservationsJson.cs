using System.Text.Json;
using AdvFit.Analysis.Statistics;
using AdvFit.Messages;

namespace AdvFit.Analysis.Json;

/// <summary>What was observed: shuffles one by one, then subsets and attacks over all of them.</summary>
internal static class ObservationsJson
{
    internal static void WriteShuffle(Utf8JsonWriter json, ShuffleResult shuffle)
    {
        json.WriteNumber("shuffle", shuffle.Shuffle);
        json.WriteNumber("referenceLevel", shuffle.ReferenceLevel);
        json.WriteNumber("lastLevel", shuffle.LastLevel);
        json.WriteString("note", shuffle.Note);
        json.WriteList("curves", shuffle.Curves, static (json, curve) =>
        {
            json.WriteString("subset", curve.Subset);
            json.WriteNumber("samples", curve.Samples);
            json.WriteNumbers("correct", curve.Correct);
            json.WriteStated("accuracy", curve.Accuracy, JsonShapes.WriteNumbersValue);
            json.WriteStated("delta", curve.Delta);
        });
        json.WriteList("attacks", shuffle.Attacks, static (json, attack) =>
        {
            json.WriteString("attack", attack.Attack);
            json.WriteNumber("attempted", attack.Attempted);
            json.WriteNumber("succeeded", attack.Succeeded);
            json.WriteNumber("queries", attack.Queries);
            json.WriteNumber("gradients", attack.Gradients);
            json.WriteStated("l2", Norms(attack.L2), WriteDistribution);
            json.WriteStated("linf", Norms(attack.Linf), WriteDistribution);
        });
        if (shuffle.Victim is { } victim)
        {
            json.WriteStartObject("victim");
            json.WriteNumber("samples", victim.Samples);
            json.WriteNumber("nonFiniteLogits", victim.NonFiniteLogits);
            json.WriteNumber("zeroGradients", victim.ZeroGradients);
            json.WriteNumber("compared", victim.Compared);
            json.WriteNumber("onlyWithoutGradients", victim.OnlyWithoutGradients);
            json.WriteNumber("nearerWithoutGradients", victim.NearerWithoutGradients);
            json.WriteEndObject();
        }
    }

    internal static void WriteSubset(Utf8JsonWriter json, SubsetSummary subset)
    {
        json.WriteString("subset", subset.Subset);
        json.WriteList("meanCurve", subset.MeanCurve, static (json, point) =>
        {
            json.WriteNumber("level", point.Level);
            json.WriteNumber("shuffles", point.Shuffles);
            json.WriteStated("mean", point.Mean);
            json.WriteStated("interval", point.Interval, WriteInterval);
        });
        json.WriteStated("deltas", subset.Deltas, WriteDeltas);
    }

    internal static void WriteDeltas(Utf8JsonWriter json, DeltaSummary deltas)
    {
        json.WriteStartObject();
        WriteMembers(json, deltas.Distribution);
        json.WriteStated("meanInterval", deltas.MeanInterval, WriteInterval);
        json.WriteEndObject();
    }

    internal static void WriteAttack(Utf8JsonWriter json, AttackSummary attack)
    {
        json.WriteString("attack", attack.Attack);
        json.WriteNumber("attempted", attack.Attempted);
        json.WriteNumber("succeeded", attack.Succeeded);
        json.WriteStated("successRate", attack.SuccessRate);
        json.WriteNumber("queries", attack.Queries);
        json.WriteNumber("gradients", attack.Gradients);
        json.WriteStated("l2", attack.L2, WriteNorms);
        json.WriteStated("linf", attack.Linf, WriteNorms);
    }

    internal static void WriteInterval(Utf8JsonWriter json, Interval interval)
    {
        json.WriteStartObject();
        json.WriteNumber("lower", interval.Lower);
        json.WriteNumber("upper", interval.Upper);
        json.WriteEndObject();
    }

    internal static ValueOrReason<Distribution> Norms(Distribution norms) => norms.Count == 0
        ? ValueOrReason.Absent<Distribution>("the attack has no success in this shuffle")
        : ValueOrReason.Of(norms);

    internal static void WriteDistribution(Utf8JsonWriter json, Distribution distribution)
    {
        json.WriteStartObject();
        WriteMembers(json, distribution);
        json.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter json, Distribution distribution)
    {
        json.WriteNumber("count", distribution.Count);
        json.WriteNumber("mean", distribution.Mean);
        json.WriteStated("standardDeviation", distribution.Count < 2
            ? ValueOrReason.Absent<double>("there is only one value")
            : ValueOrReason.Of(distribution.StandardDeviation));
        json.WriteNumber("minimum", distribution.Minimum);
        json.WriteNumber("lowerQuartile", distribution.LowerQuartile);
        json.WriteNumber("median", distribution.Median);
        json.WriteNumber("upperQuartile", distribution.UpperQuartile);
        json.WriteNumber("maximum", distribution.Maximum);
    }

    internal static void WriteNorms(Utf8JsonWriter json, NormSummary norms)
    {
        json.WriteStartObject();
        json.WriteNumber("shuffles", norms.Shuffles);
        json.WriteNumber("samples", norms.Samples);
        json.WriteNumber("meanOfMeans", norms.MeanOfMeans);
        json.WriteNumber("meanOfMedians", norms.MeanOfMedians);
        json.WriteNumber("minimum", norms.Minimum);
        json.WriteNumber("maximum", norms.Maximum);
        json.WriteNumber("pooledMean", norms.PooledMean);
        json.WriteStated("pooledStandardDeviation", norms.PooledStandardDeviation);
        json.WriteEndObject();
    }
}
