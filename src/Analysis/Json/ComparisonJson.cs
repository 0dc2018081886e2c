using System.Text.Json;
using AdvFit.Analysis.Statistics;

namespace AdvFit.Analysis.Json;

/// <summary>The tests of one comparison.</summary>
internal static class ComparisonJson
{
    internal static void Write(Utf8JsonWriter json, Comparison comparison)
    {
        json.WriteString("attack", comparison.Attack);
        json.WriteString("against", comparison.Against);
        json.WriteStated("welch", comparison.Welch, WriteWelch);
        json.WriteStated("welchHolm", comparison.WelchHolm);
        json.WriteStated("paired", comparison.Paired, WritePaired);
        json.WriteStated("pairedHolm", comparison.PairedHolm);
        json.WriteStated("hedgesG", comparison.HedgesG);
        json.WriteStated("cohensDz", comparison.CohensDz);
        json.WriteString("verdict", SentenceFormat.Name(comparison.Verdict));
        json.WriteString("reading", comparison.Reading);
    }

    private static void WriteWelch(Utf8JsonWriter json, WelchResult welch)
    {
        json.WriteStartObject();
        WriteGroup(json, "attack", welch.First);
        WriteGroup(json, "against", welch.Second);
        json.WriteNumber("difference", welch.Difference);
        json.WriteNumber("statistic", welch.Statistic);
        json.WriteNumber("degreesOfFreedom", welch.DegreesOfFreedom);
        json.WriteNumber("pValue", welch.PValue);
        json.WritePropertyName("differenceInterval");
        ObservationsJson.WriteInterval(json, welch.DifferenceInterval);
        json.WriteEndObject();
    }

    private static void WriteGroup(Utf8JsonWriter json, string name, Moments moments)
    {
        json.WriteStartObject(name);
        json.WriteNumber("shuffles", moments.Count);
        json.WriteNumber("mean", moments.Mean);
        json.WriteNumber("variance", moments.Variance);
        json.WriteEndObject();
    }

    private static void WritePaired(Utf8JsonWriter json, PairedResult paired)
    {
        json.WriteStartObject();
        json.WriteNumber("pairs", paired.Pairs);
        json.WriteNumber("meanDifference", paired.MeanDifference);
        json.WriteNumber("standardDeviation", paired.StandardDeviation);
        json.WriteNumber("statistic", paired.Statistic);
        json.WriteNumber("degreesOfFreedom", paired.DegreesOfFreedom);
        json.WriteNumber("pValue", paired.PValue);
        json.WritePropertyName("differenceInterval");
        ObservationsJson.WriteInterval(json, paired.DifferenceInterval);
        json.WriteEndObject();
    }
}
