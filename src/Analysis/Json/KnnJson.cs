using System.Collections.Immutable;
using System.Text.Json;
using AdvFit.Analysis.Slopes;

namespace AdvFit.Analysis.Json;

/// <summary>What k-NN sweeps have besides what all sweeps have.</summary>
internal static class KnnJson
{
    internal static void WriteKnn(this Utf8JsonWriter json, string name, KnnResults knn)
    {
        json.WriteStartObject(name);
        json.WriteList("shuffles", knn.Shuffles, WriteShuffle);
        json.WriteList("slopes", knn.Subsets, WriteSummary);
        json.WriteList("filters", knn.Filters, WriteFilter);
        json.WriteList("slopeComparisons", knn.Comparisons, static (json, comparison) =>
        {
            json.WriteNumber("j", comparison.J);
            ComparisonJson.Write(json, comparison.Test);
        });
        WriteFigure(json, knn.PValues);
        json.WriteEndObject();
    }

    private static void WriteShuffle(Utf8JsonWriter json, KnnShuffle shuffle)
    {
        json.WriteNumber("shuffle", shuffle.Shuffle);
        json.WriteStartObject("network");
        json.WriteNumber("epoch", shuffle.Network.Epoch);
        json.WriteNumber("testCorrect", shuffle.Network.TestCorrect);
        json.WriteNumber("bothCorrect", shuffle.Network.BothCorrect);
        json.WriteEndObject();
        json.WriteList("filters", shuffle.Attacks, static (json, attack) =>
        {
            json.WriteString("attack", attack.Attack);
            json.WriteNumber("attempted", attack.Attempted);
            json.WriteNumber("fooledNetwork", attack.Succeeded);
            json.WriteNumber("fooledKnn", attack.Transfer!.Kept);
            json.WriteStated("l2", ObservationsJson.Norms(attack.Transfer.L2), ObservationsJson.WriteDistribution);
            json.WriteStated("linf", ObservationsJson.Norms(attack.Transfer.Linf), ObservationsJson.WriteDistribution);
        });
        json.WriteList("slopes", Flat(shuffle), static (json, each) =>
        {
            json.WriteString("subset", each.Subset);
            json.WriteNumber("j", each.Slope.J);
            json.WriteString("kind", SentenceFormat.Name(each.Slope.Kind));
            json.WriteStated("value", each.Slope.Value);
        });
    }

    private static ImmutableArray<(string Subset, Slope Slope)> Flat(KnnShuffle shuffle) =>
        [.. from subset in shuffle.Slopes from slope in subset.Slopes select (subset.Subset, slope)];

    private static void WriteSummary(Utf8JsonWriter json, SlopeSummary slope)
    {
        json.WriteString("subset", slope.Subset);
        json.WriteNumber("j", slope.J);
        json.WriteBoolean("byConstruction", slope.ByConstruction);
        json.WriteNumber("finite", slope.Finite);
        json.WriteNumber("infinite", slope.Infinite);
        json.WriteNumber("undefined", slope.Undefined);
        json.WriteStated("values", slope.Values, ObservationsJson.WriteDeltas);
    }

    private static void WriteFilter(Utf8JsonWriter json, AttackFilter filter)
    {
        json.WriteString("attack", filter.Attack);
        json.WriteNumber("testSamples", filter.TestSamples);
        json.WriteNumber("knnCorrect", filter.KnnCorrect);
        json.WriteNumber("bothCorrect", filter.BothCorrect);
        json.WriteNumber("attempted", filter.Attempted);
        json.WriteNumber("fooledNetwork", filter.FooledNetwork);
        json.WriteNumber("fooledKnn", filter.FooledKnn);
        json.WriteStated("keptShare", filter.KeptShare);
        json.WriteStated("l2", filter.L2, ObservationsJson.WriteNorms);
        json.WriteStated("linf", filter.Linf, ObservationsJson.WriteNorms);
    }

    private static void WriteFigure(Utf8JsonWriter json, PValueFigure figure)
    {
        json.WriteStartObject("pValueFigure");
        json.WriteList("lines", figure.Lines, static (json, line) =>
        {
            json.WriteNumber("confidence", line.Confidence);
            json.WriteNumber("pValue", line.PValue);
        });
        json.WriteList("points", figure.Points, static (json, point) =>
        {
            json.WriteString("attack", point.Attack);
            json.WriteNumber("j", point.J);
            json.WriteStated("welch", point.Welch);
            json.WriteStated("paired", point.Paired);
        });
        json.WriteEndObject();
    }
}
