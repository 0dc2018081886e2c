namespace AdvFit.Learning.Neighbours;

/// <summary>
/// The train images that can be among the K nearest of one query, by what a pass over them has seen so far: their scores are
/// below a limit that only falls.
/// </summary>
/// <param name="count">K.</param>
internal sealed class Candidates(int count)
{
    /// <summary>The K smallest scores, ascending.</summary>
    private readonly float[] _best = new float[count];

    private (float Score, int Position)[] _candidates = new (float, int)[Math.Max(64, 4 * count)];
    private int _length;
    private QueryBounds _bounds;

    /// <summary>Scores not below this are not worth offering.</summary>
    public float Limit { get; private set; }

    /// <summary>Begins with a new query.</summary>
    public void Begin(QueryBounds bounds)
    {
        (_bounds, _length, Limit) = (bounds, 0, float.PositiveInfinity);
        _best.AsSpan().Fill(float.PositiveInfinity);
    }

    /// <summary>Takes the train images of a row of scores that are below the limit.</summary>
    /// <param name="position">Position of the row's first train image.</param>
    public void Offer(ReadOnlySpan<float> scores, int position)
    {
        for (var i = 0; i < scores.Length; i++)
        {
            if (scores[i] < Limit)
            {
                Add(scores[i], position + i);
            }
        }
    }

    /// <summary>Positions of the candidates, ascending.</summary>
    public int[] Positions()
    {
        Prune();
        return Array.ConvertAll(_candidates[.._length], candidate => candidate.Position);
    }

    private void Add(float score, int position)
    {
        if (_length == _candidates.Length)
        {
            Prune();
            if (_length > _candidates.Length / 2)
            {
                Array.Resize(ref _candidates, 2 * _candidates.Length);
            }
        }

        _candidates[_length++] = (score, position);
        if (score < _best[^1])
        {
            var place = _best.Length - 1;
            for (; place > 0 && _best[place - 1] > score; place--)
            {
                _best[place] = _best[place - 1];
            }

            _best[place] = score;
            Limit = _best[^1] < float.PositiveInfinity ? _bounds.Limit(_best[^1]) : float.PositiveInfinity;
        }
    }

    private void Prune()
    {
        var kept = 0;
        foreach (var candidate in _candidates.AsSpan(0, _length))
        {
            if (candidate.Score < Limit)
            {
                _candidates[kept++] = candidate;
            }
        }

        _length = kept;
    }
}
