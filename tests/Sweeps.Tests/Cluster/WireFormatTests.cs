using System.Text;
using System.Text.Json.Nodes;
using AdvFit.Messages;
using AdvFit.Sweeps.Cluster;
using AdvFit.Sweeps.Journal;

namespace AdvFit.Sweeps.Tests.Cluster;

public class WireFormatTests
{
    public static TheoryData<string> Manifests => [.. All.Select(WireFormat.ManifestOf)];

    private static IEnumerable<object> All => WireSamples.Messages.Concat(WireSamples.Events);

    [Fact]
    public void Every_type_has_a_sample() =>
        WireSamples.Messages.Select(message => message.GetType()).ShouldBe(WireFormat.Types, ignoreOrder: true);

    [Fact]
    public void Every_message_has_a_manifest()
    {
        var messages = typeof(IWireMessage).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(IWireMessage)));

        messages.ShouldBeSubsetOf(WireFormat.Types);
    }

    [Fact]
    public void Every_type_of_event_has_a_sample() =>
        WireSamples.Events.Select(journaled => EventFormat.TypeOf(journaled.Event)).ShouldBe(EventFormat.Names, ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Manifests))]
    public void What_is_read_is_what_was_written(string manifest)
    {
        var (sample, body) = Sample(manifest);

        var read = WireFormat.Read(manifest, body);

        read.GetType().ShouldBe(sample.GetType());
        WireFormat.ManifestOf(read).ShouldBe(manifest);
        Encoding.UTF8.GetString(WireFormat.Write(read)).ShouldBe(Encoding.UTF8.GetString(body));
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void Only_what_a_message_is_made_of_is_written(string manifest)
    {
        var (sample, body) = Sample(manifest);
        var parameters = sample.GetType().GetConstructors().MaxBy(constructor => constructor.GetParameters().Length)!.GetParameters();

        Object(body).Select(field => field.Key.Replace("_", "", StringComparison.Ordinal))
            .ShouldBe(parameters.Select(parameter => parameter.Name!.ToLowerInvariant()), ignoreOrder: true);
    }

    [Fact]
    public void A_shuffles_record_is_written_without_what_can_be_derived_from_it()
    {
        var (_, body) = Sample("run-shuffle.1");

        Object(body)["record"].ShouldBeOfType<JsonObject>().Select(field => field.Key)
            .ShouldBe(["epochs", "neighbours", "attacks", "freed"]);
    }

    [Theory]
    [InlineData("epochs", null)]
    [InlineData("attacks", null)]
    [InlineData("epochs", "3")]
    [InlineData("neighbours", "[null]")]
    [InlineData("freed", "{}")]
    [InlineData("freed", "[1]")]
    [InlineData("unheard_of", "[]")]
    public void A_shuffles_record_is_read_as_strictly_as_the_message_that_carries_it(string member, string? value)
    {
        var json = Object(Sample("run-shuffle.1").Body);
        var record = json["record"].ShouldBeOfType<JsonObject>();
        record.Remove(member);
        if (value is not null)
        {
            record[member] = JsonNode.Parse(value);
        }

        Refused("run-shuffle.1", json.ToJsonString());
    }

    [Fact]
    public void A_record_that_is_no_object_is_refused()
    {
        var json = Object(Sample("run-shuffle.1").Body);
        json["record"] = JsonNode.Parse("[]");

        Refused("run-shuffle.1", json.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void An_unknown_field_is_refused(string manifest)
    {
        var json = Object(Sample(manifest).Body);
        json["unheard_of"] = 1;

        Refused(manifest, json.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void A_missing_field_is_refused(string manifest)
    {
        foreach (var field in Object(Sample(manifest).Body).Select(field => field.Key))
        {
            var json = Object(Sample(manifest).Body);
            json.Remove(field);
            Refused(manifest, json.ToJsonString());
        }
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void A_field_of_another_type_is_refused(string manifest)
    {
        foreach (var field in Object(Sample(manifest).Body).Select(field => field.Key))
        {
            var json = Object(Sample(manifest).Body);
            json[field] = new JsonObject { ["unheard_of"] = 1 };
            Refused(manifest, json.ToJsonString());
        }
    }

    [Theory]
    [MemberData(nameof(Manifests))]
    public void A_body_that_is_cut_off_or_goes_on_is_refused(string manifest)
    {
        var body = Encoding.UTF8.GetString(Sample(manifest).Body);

        Refused(manifest, body[..^1]);
        Refused(manifest, body + "{}");
        Refused(manifest, "null");
        Refused(manifest, "");
    }

    [Fact]
    public void Null_is_no_list_of_anything() => Refused("node-orders.1", """{"stop":null}""");

    [Theory]
    [InlineData("done.2")]
    [InlineData("event:shuffle-assigned.2")]
    [InlineData("event:done.1")]
    [InlineData("AdvFit.Sweeps.Cluster.Done, AdvFit.Sweeps")]
    [InlineData("")]
    public void An_unknown_manifest_is_refused(string manifest) => Refused(manifest, "{}");

    [Fact]
    public void An_event_under_the_manifest_of_another_is_refused() => Refused(
        "event:sweep-paused.1", Encoding.UTF8.GetString(WireFormat.Write(new JournaledEvent(Some.Time, new SweepResumed()))));

    [Fact]
    public void A_body_that_is_too_long_is_neither_written_nor_read()
    {
        var longest = new Refused(new string('x', WireFormat.MaximumBytes - """{"reason":""}""".Length));
        WireFormat.Read("refused.1", WireFormat.Write(longest)).ShouldBe(longest);

        Should.Throw<FormatException>(() => WireFormat.Write(longest with { Reason = longest.Reason + "x" }));
        Should.Throw<FormatException>(() => WireFormat.Read("done.1", [.. "{"u8, .. Enumerable.Repeat((byte)' ', WireFormat.MaximumBytes), .. "}"u8]));
    }

    [Fact]
    public void A_snapshot_may_be_longer_than_a_message()
    {
        var snapshot = new JournalSnapshot(1, new string('x', WireFormat.MaximumBytes));

        WireFormat.Read("sweep-snapshot.1", WireFormat.Write(snapshot)).ShouldBe(snapshot);
    }

    [Fact]
    public void What_has_no_manifest_is_refused()
    {
        Should.Throw<FormatException>(() => WireFormat.ManifestOf("text"));
        Should.Throw<FormatException>(() => WireFormat.Write("text"));
    }

    private static (object Sample, byte[] Body) Sample(string manifest)
    {
        var sample = All.Single(sample => WireFormat.ManifestOf(sample) == manifest);
        return (sample, WireFormat.Write(sample));
    }

    private static JsonObject Object(byte[] body) => JsonNode.Parse(body).ShouldBeOfType<JsonObject>();

    private static void Refused(string manifest, string body) =>
        Should.Throw<FormatException>(() => WireFormat.Read(manifest, Encoding.UTF8.GetBytes(body)), $"{manifest} {body}");
}
