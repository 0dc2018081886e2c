namespace AdvFit.Learning.Neighbours;

/// <summary>The k-nearest-neighbours classifier's decision: every neighbour has one vote.</summary>
public static class Vote
{
    private const int MostClasses = 256;

    /// <summary>The class of one query.</summary>
    /// <param name="labels">Classes of the K neighbours that vote, the nearest first; at least one.</param>
    /// <param name="ties">Which class wins where several have the most votes.</param>
    public static byte Winner(ReadOnlySpan<byte> labels, VoteTies ties)
    {
        if (labels.IsEmpty)
        {
            throw new ArgumentException("A vote needs at least one neighbour.", nameof(labels));
        }

        Span<int> votes = stackalloc int[MostClasses];
        votes.Clear();
        var most = 0;
        foreach (var label in labels)
        {
            most = Math.Max(most, ++votes[label]);
        }

        if (ties == VoteTies.Smallest)
        {
            return (byte)votes.IndexOf(most);
        }

        var nearest = 0;
        while (votes[labels[nearest]] != most)
        {
            nearest++;
        }

        return labels[nearest];
    }

    /// <summary>The classes of many queries, from neighbours that were found for this or any larger K.</summary>
    /// <param name="neighbours">[query][found]: positions into <paramref name="trainLabels"/>, the nearest first.</param>
    /// <param name="found">Neighbours per query.</param>
    /// <param name="trainLabels">Class of each train image.</param>
    /// <param name="k">How many neighbours vote: 1 to <paramref name="found"/>.</param>
    /// <param name="ties">Which class wins where several have the most votes.</param>
    /// <returns>Class of each query.</returns>
    public static byte[] Winners(
        ReadOnlySpan<int> neighbours, int found, ReadOnlySpan<byte> trainLabels, int k, VoteTies ties)
    {
        if (k < 1 || k > found)
        {
            throw new ArgumentOutOfRangeException(nameof(k), $"K is {k}, but 1 to {found} neighbours are at hand.");
        }

        if (neighbours.Length % found != 0)
        {
            throw new ArgumentException(
                $"{neighbours.Length} neighbours are not {found} for each query.", nameof(neighbours));
        }

        var winners = new byte[neighbours.Length / found];
        Span<byte> labels = k <= MostClasses ? stackalloc byte[k] : new byte[k];
        for (var query = 0; query < winners.Length; query++)
        {
            for (var i = 0; i < k; i++)
            {
                labels[i] = trainLabels[neighbours[query * found + i]];
            }

            winners[query] = Winner(labels, ties);
        }

        return winners;
    }
}
