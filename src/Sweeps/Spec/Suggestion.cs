namespace AdvFit.Sweeps.Spec;

/// <summary>What a mistyped word was probably meant to be.</summary>
internal static class Suggestion
{
    /// <summary>An end of sentence such as <c>; did you mean `epochs`?</c>, or one that lists what there is.</summary>
    public static string For(string word, IReadOnlyCollection<string> known)
    {
        var near = known
            .Select(candidate => (Name: candidate, Distance: Distance(Plain(word), Plain(candidate))))
            .Where(candidate => candidate.Distance <= Math.Max(1, Math.Max(word.Length, candidate.Name.Length) / 3))
            .OrderBy(candidate => candidate.Distance).ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => $"; did you mean `{candidate.Name}`?")
            .FirstOrDefault();
        var all = known.Count == 0 ? "" : $"; there is {string.Join(", ", known.Select(name => $"`{name}`"))}";
        return near ?? all;

        static string Plain(string name) => name.ToLowerInvariant().Replace('-', '_');
    }

    /// <summary>The same with the mark that ends the sentence.</summary>
    public static string End(string word, IReadOnlyCollection<string> known)
    {
        var end = For(word, known);
        return end.EndsWith('?') ? end : $"{end}.";
    }

    /// <summary>
    /// Least number of insertions, deletions, substitutions and swaps of neighbours that make one word of the other
    /// (optimal string alignment distance).
    /// </summary>
    public static int Distance(string a, string b)
    {
        var cost = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            cost[i, 0] = i;
        }

        for (var j = 0; j <= b.Length; j++)
        {
            cost[0, j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                cost[i, j] = Math.Min(substitution, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }

        return cost[a.Length, b.Length];
    }
}
