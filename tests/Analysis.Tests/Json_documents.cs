using System.Collections.Immutable;
using System.Text;
using AdvFit.Analysis.Slopes;
using AdvFit.Messages.Json;

namespace AdvFit.Analysis.Tests;

public class Json_documents
{
    [Fact]
    public void A_value_stands_under_its_name() =>
        Written(new { Rate = ValueOrReason.Of(0.25) }).ShouldBe("""{"rate": 0.25}""");

    [Fact]
    public void A_reason_stands_beside_the_null_that_it_explains() =>
        Written(new { Rate = ValueOrReason.Absent<double>("it is nobody's"), Next = 1 })
            .ShouldBe("""{"rate": null, "rateReason": "it is nobody's", "next": 1}""");

    [Fact]
    public void Of_a_null_in_place_of_both_nothing_is_written() =>
        Written(new { Rate = (ValueOrReason<double>?)null, Next = 1 }).ShouldBe("""{"next": 1}""");

    [Fact]
    public void What_a_value_is_made_of_is_written_as_elsewhere()
    {
        var point = new PValuePoint("fgsm", 3, ValueOrReason.Of(0.5), ValueOrReason.Absent<double>("there is one pair"));

        Written(new { Group = ValueOrReason.Of<object>(new { Kind = SlopeKind.Finite, Point = point }) }).ShouldBe(
            """{"group": {"kind": "finite", "point": {"attack": "fgsm", "j": 3, "welch": 0.5,"""
            + """ "paired": null, "pairedReason": "there is one pair"}}}""");
    }

    [Fact]
    public void Objects_are_indented_and_arrays_of_numbers_stay_on_one_line() =>
        Encoding.UTF8.GetString(IndentedJson.Write(json =>
        {
            json.WriteNumber("version", 1);
            json.WriteMember("curve", new { Levels = ImmutableArray.Create(1, 2), Shares = ImmutableArray.Create(0.5, 1e-7) });
        })).ShouldBe(
            """
            {
              "version": 1,
              "curve": {
                "levels": [1, 2],
                "shares": [0.5, 1E-07]
              }
            }

            """);

    private static string Written(object value)
    {
        var lines = Encoding.UTF8.GetString(IndentedJson.Write(json => json.WriteMember("it", value)))
            .Split('\n', StringSplitOptions.TrimEntries);
        return string.Join(" ", lines)["{ \"it\": ".Length..^" } ".Length].Replace("{ ", "{").Replace(" }", "}");
    }
}
