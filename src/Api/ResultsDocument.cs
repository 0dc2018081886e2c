using System.Collections.Immutable;
using System.Text.Json;
using AdvFit.Analysis.Json;

namespace AdvFit.Api;

/// <summary>The results of a sweep as JSON.</summary>
/// <param name="Json">As <see cref="ResultsJson"/> writes them, in UTF-8.</param>
public sealed record ResultsDocument(byte[] Json)
{
    /// <summary>The findings: their topics, named as by <see cref="ResultsJson.NameOf"/>, and their sentences.</summary>
    public ImmutableArray<(string Topic, string Text)> Findings()
    {
        using var document = JsonDocument.Parse(Json);
        return
        [
            .. document.RootElement.GetProperty("findings").EnumerateArray()
                .Select(finding => (finding.GetProperty("topic").GetString()!, finding.GetProperty("text").GetString()!)),
        ];
    }
}
