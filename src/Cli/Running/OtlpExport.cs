using AdvFit.Sweeps.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AdvFit.Cli.Running;

/// <summary>
/// Exports metrics and traces to a collector by OTLP, where the environment names one. OpenTelemetry's standard variables
/// configure protocol, headers, time limits and attributes.
/// </summary>
internal sealed class OtlpExport : IDisposable
{
    private const string Variable = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const int PatienceMilliseconds = 5000;

    private readonly MeterProvider _metrics;
    private readonly TracerProvider _traces;

    private OtlpExport()
    {
        var resource = ResourceBuilder.CreateDefault()
            .AddService("advfit", serviceVersion: ThisProgram.Version.Number, serviceInstanceId: $"{Environment.MachineName}-{Environment.ProcessId}")
            .AddTelemetrySdk().AddEnvironmentVariableDetector();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource).AddMeter(SweepInstruments.Name).AddOtlpExporter().Build();
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource).AddSource(SweepInstruments.Name).AddOtlpExporter().Build();
    }

    /// <summary>Begins the export; null where the environment names no collector.</summary>
    public static IDisposable? Begin() =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Variable)) ? null : new OtlpExport();

    /// <summary>Sends what is left, and warns if that fails.</summary>
    public void Dispose()
    {
        var isSent = _metrics.ForceFlush(PatienceMilliseconds) & _traces.ForceFlush(PatienceMilliseconds);
        _metrics.Dispose();
        _traces.Dispose();
        if (!isSent)
        {
            Console.Error.WriteLine(
                $"warning: telemetry could not be sent to {Environment.GetEnvironmentVariable(Variable)}; the sweep itself is not affected.");
        }
    }
}
