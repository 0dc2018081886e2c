using System.Text.RegularExpressions;
using AdvFit.Sweeps.Spec;

namespace AdvFit.Sweeps.Tests.Spec;

/// <summary>A line feed after a name is none of its letters, wherever a name comes from.</summary>
public partial class Names_end_with_their_last_letter
{
    [Fact]
    public void A_sweep_cannot_be_named_with_a_line_feed_at_the_end() =>
        ProblemOf("\"evil\\n\"", "fgsm").ShouldStartWith("spec.yaml:1:7: `name` must be up to 64 lower-case letters, digits and dashes");

    [Fact]
    public void An_attack_cannot_be_labelled_with_a_line_feed_at_the_end() =>
        ProblemOf("quick", "{ attack: fgsm, label: \"evil\\n\" }").ShouldContain("`label` must be");

    [Fact]
    public void A_sweep_cannot_be_asked_for_with_a_line_feed_at_the_end()
    {
        SweepId.IsWellFormed("quick-0123abcd").ShouldBeTrue();
        SweepId.IsWellFormed("quick-0123abcd\n").ShouldBeFalse();
    }

    /// <summary>In a regular expression of .NET, a dollar at the end lets one more line feed pass.</summary>
    [Fact]
    public void No_regular_expression_of_the_programs_ends_with_a_dollar()
    {
        var ending = Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(path => Patterns().Matches(File.ReadAllText(path)).Select(match => $"{path}: {match.Value}"));

        ending.Where(pattern => pattern.TrimEnd('"').EndsWith('$')).ShouldBeEmpty();
    }

    [GeneratedRegex("""(GeneratedRegex\(|new Regex\(|Regex\.(IsMatch|Match|Matches|Replace)\([^,()]*,)\s*[@$]*("{3}.*?"{3}|"(\\.|""|[^"\\])*")""", RegexOptions.Singleline)]
    private static partial Regex Patterns();

    private static string ProblemOf(string name, string attack) => Should.Throw<SpecException>(() => new SpecReader(Some.Vocabulary).Parse(
        $"""
        name: {name}
        dataset: tiny
        network: lenet5
        attacks: [{attack}]
        shuffles: 6
        seed: 2020
        """,
        "spec.yaml")).Problems.ShouldHaveSingleItem().ToString();
}
