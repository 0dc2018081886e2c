using AdvFit.Sweeps.Spec;
using FsCheck.Xunit;

namespace AdvFit.Sweeps.Tests.Spec;

public class SuggestionTests
{
    [Theory]
    [InlineData("epoch", "epochs", 1)]
    [InlineData("epcohs", "epochs", 1)]
    [InlineData("", "abc", 3)]
    [InlineData("kitten", "sitting", 3)]
    public void Distance_counts_edits_and_swaps(string a, string b, int distance) =>
        Suggestion.Distance(a, b).ShouldBe(distance);

    [Property]
    public bool Distance_is_symmetric_and_zero_only_for_equals(string? left, string? right)
    {
        var (a, b) = (left ?? "", right ?? "");
        return Suggestion.Distance(a, b) == Suggestion.Distance(b, a) && Suggestion.Distance(a, b) == 0 == (a == b);
    }

    [Theory]
    [InlineData("Batch-Size", "; did you mean `batch_size`?")]
    [InlineData("zzz", "; there is `epochs`, `batch_size`")]
    public void A_near_word_is_suggested_and_else_all_are_listed(string word, string ending) =>
        Suggestion.For(word, ["epochs", "batch_size"]).ShouldBe(ending);

    [Theory]
    [InlineData("epoch", "; did you mean `epochs`?")]
    [InlineData("zzz", "; there is `epochs`.")]
    public void A_sentence_that_ends_with_a_suggestion_has_one_mark_at_its_end(string word, string ending) =>
        Suggestion.End(word, ["epochs"]).ShouldBe(ending);
}
