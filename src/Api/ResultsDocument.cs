using System.Collections.Immutable;
using System.Text.Json;
using AdvFit.Analysis;

namespace AdvFit.Api;

/// <summary>The results of a sweep as they travel: written once, by whoever analysed it.</summary>
/// <param name="Json">As <see cref="ResultsJson"/> writes them, in UTF-8.</param>
public sealed record ResultsDocument(byte[] Json)
{
    /// <summary>What they say in sentences, and of what, as <see cref="ResultsJson.NameOf"/> calls it.</summary>
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
