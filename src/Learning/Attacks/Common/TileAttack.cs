namespace AdvFit.Learning.Attacks.Common;

/// <summary>
/// The loop that every attack shares, over an active set: query, let those leave that are done, fill their lanes, move the
/// rest. A derived attack keeps the state of each image in arrays over lanes, so that nothing is allocated in the loop, and
/// lets no lane see another.
/// </summary>
internal abstract class TileAttack(ActiveSet set)
{
    protected ActiveSet Set { get; } = set;

    /// <summary>Attacks every image of the active set.</summary>
    /// <exception cref="OperationCanceledException">It was asked to stop.</exception>
    public void Run(CancellationToken cancellation)
    {
        while (Set.Active > 0 || Set.Waiting > 0)
        {
            // A backward pass costs a full tile, so first fill it with images that have a step to make.
            do
            {
                cancellation.ThrowIfCancellationRequested();
                Fill();
                Set.Forward();
                JudgeMoved();
            }
            while (Set.Active < Set.Lanes && Set.Waiting > 0);

            if (Set.Active > 0)
            {
                Advance();
            }
        }
    }

    /// <summary>Resets the state of a lane for the image that entered it.</summary>
    protected abstract void Enter(int lane);

    /// <summary>Takes note of the new logits of a lane, which are finite.</summary>
    /// <returns>Whether its image is done: its pixels are then the result.</returns>
    protected abstract bool Judge(int lane);

    /// <summary>
    /// Called before an image leaves because its logits are not finite; may put other pixels into the lane than those.
    /// </summary>
    protected virtual void Abandon(int lane)
    {
    }

    /// <summary>
    /// Moves the pixels of every active lane and marks it as moved, or finishes it. The last forward pass was of the
    /// current pixels.
    /// </summary>
    protected abstract void Advance();

    private void Fill()
    {
        for (var lane = 0; lane < Set.Lanes; lane++)
        {
            if (Set.TryFill(lane))
            {
                Enter(lane);
            }
        }
    }

    private void JudgeMoved()
    {
        for (var lane = 0; lane < Set.Lanes; lane++)
        {
            if (!Set.HasMoved(lane))
            {
                continue;
            }

            var isFinite = LaneLogits.AreFinite(Set.Tile, lane);
            if (!isFinite)
            {
                Abandon(lane);
            }

            if (!isFinite || Judge(lane))
            {
                Set.Finish(lane);
            }
        }

        Set.MarkJudged();
    }
}
