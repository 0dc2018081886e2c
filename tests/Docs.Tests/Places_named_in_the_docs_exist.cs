using System.Text.RegularExpressions;

namespace AdvFit.Docs.Tests;

/// <summary>Every page for people names files and links to pages; a move that forgets one of them fails here.</summary>
public sealed partial class Places_named_in_the_docs_exist
{
    public static TheoryData<string> Pages =>
    [
        "README.md", "CONTRIBUTING.md", .. Repository.FilesOf("docs").Where(file => file.EndsWith(".md", StringComparison.Ordinal)).Select(file => $"docs/{file}"),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Files_and_folders_in_code_spans(string page) => NamedBy(page)
        .Where(place => !Path.Exists(Repository.PathOf(place)) && !Repository.Matches(place))
        .ShouldBeEmpty($"{page} names places that are not there");

    [Theory]
    [MemberData(nameof(Pages))]
    public void Targets_of_links(string page)
    {
        var folder = Path.GetDirectoryName(page)!;
        Links().Matches(Repository.Read(page))
            .Select(link => link.Groups["target"].Value.Split('#')[0])
            .Where(target => target.Length > 0 && !target.Contains("://", StringComparison.Ordinal))
            .Where(target => !Path.Exists(Repository.PathOf(Path.Combine(folder, target))))
            .ShouldBeEmpty($"{page} links to what is not there");
    }

    private static IEnumerable<string> NamedBy(string page) =>
        from span in CodeSpans().Matches(Repository.Read(page))
        let place = span.Groups["place"].Value
        where !place.Contains('<', StringComparison.Ordinal) && !place.Contains("..", StringComparison.Ordinal)
        select place.TrimEnd('/');

    /// <summary>A code span that is a path from the repository's root, perhaps with a wildcard in its last part.</summary>
    [GeneratedRegex("`(?<place>(src|tests|bench|docs|deploy|sweeps|data)/[^` ]+)`", RegexOptions.CultureInvariant)]
    private static partial Regex CodeSpans();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Links();
}
