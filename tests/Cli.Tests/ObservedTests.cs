using System.Text.Json;
using AdvFit.Sweeps.Tests.Notifications;

namespace AdvFit.Cli.Tests;

/// <summary>Those who do not sit before the screen learn how a sweep goes, too.</summary>
public sealed class ObservedTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ObservedTests() => _folder.Write("spec.yaml", TinySpec.Text);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_webhook_and_a_command_get_the_summary_once_the_store_is_free()
    {
        using var server = new HookServer(200);
        var store = _folder["store"];

        var ended = Run(
            "run", "spec.yaml", "--webhook", $"{server.Address}", "--on-complete",
            OperatingSystem.IsWindows() ? $"findstr . > told & if exist {store}\\lock.holder exit 9" : $"cat > told; test ! -e '{store}/lock.holder'");

        ended.Error.ShouldBe("");
        ended.Code.ShouldBe(ExitCodes.Done);
        server.Bodies.ShouldHaveSingleItem().ShouldBe(File.ReadAllText(_folder["told"]).Trim());
        using var summary = JsonDocument.Parse(server.Bodies[0]);
        summary.RootElement.GetProperty("state").GetString().ShouldBe("completed");
        summary.RootElement.GetProperty("store").GetString().ShouldBe(store);
        summary.RootElement.GetProperty("total").GetInt32().ShouldBe(3);
    }

    [Fact]
    public void A_notification_that_fails_is_said_and_fails_nothing_else()
    {
        using var server = new HookServer(404);

        var ended = Run("run", "spec.yaml", "--shuffles", "1", "--webhook", $"{server.Address}");

        ended.Code.ShouldBe(ExitCodes.Done);
        ended.Text.ShouldContain("What this means");
        ended.Error.ShouldContain("warning: the webhook at 127.0.0.1:");
        ended.Error.ShouldContain("it answered 404");
    }

    [Theory]
    [InlineData("ftp://example.org/x")]
    [InlineData("example.org")]
    public void What_is_no_address_is_refused(string address)
    {
        var ended = Run("run", "spec.yaml", "--webhook", address);
        ended.Code.ShouldBe(ExitCodes.BadInput);
        ended.Error.ShouldContain("http:// or https://");
    }

    [Fact]
    public void A_collector_gets_metrics_and_traces_and_the_store_has_a_log()
    {
        using var server = new HookServer(200);

        var ended = BuiltProgram.Run(
            _folder,
            new Dictionary<string, string>
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"{server.Address}",
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            },
            "run", "spec.yaml", "--shuffles", "1");

        ended.Error.ShouldBe("");
        ended.Code.ShouldBe(ExitCodes.Done);
        var sent = server.Paths.Zip(server.Bodies).ToLookup(pair => pair.First, pair => pair.Second);
        string.Concat(sent["/v1/metrics"]).ShouldContain("advfit.journal.append.duration");
        string.Concat(sent["/v1/metrics"]).ShouldContain("advfit.shuffles");
        string.Concat(sent["/v1/traces"]).ShouldContain("attack:deepfool");
        var log = File.ReadLines(Path.Combine(_folder["store"], "log.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("event").GetString()).ToList();
        log[0].ShouldBe("sweep-planned");
        log[^1].ShouldBe("sweep-finished");
        log.Count(name => name == "epoch-trained").ShouldBe(2);
    }

    [Fact]
    public void A_collector_that_is_not_there_is_said_and_fails_nothing_else()
    {
        var ended = BuiltProgram.Run(
            _folder,
            new Dictionary<string, string>
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"{new HookServer(200).DisposeAndTellAddress()}",
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            },
            "run", "spec.yaml", "--shuffles", "1");

        ended.Code.ShouldBe(ExitCodes.Done);
        ended.Error.ShouldContain("warning: telemetry could not be sent");
    }

    private Ended Run(params string[] arguments) => BuiltProgram.Run(_folder, arguments);
}
