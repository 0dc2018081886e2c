using System.Text.Json;
using System.Text.Json.Serialization;

namespace AdvFit.Reporting;

/// <summary>
/// Reports as JSON for the web app, in camelCase. Every character that means something in HTML is escaped, so that the
/// document can stand inside a script element.
/// </summary>
public static class ReportJson
{
    /// <summary>UTF-8, on one line, ASCII characters only.</summary>
    public static byte[] Write(Report report) => JsonSerializer.SerializeToUtf8Bytes(report, ReportJsonContext.Default.Report);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Report))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;
