using System.Runtime.CompilerServices;
using AdvFit.Learning.Kernels;

namespace AdvFit.Learning.Networks.Layers;

/// <inheritdoc cref="BatchNormalization"/>
/// <remarks>
/// Sums over a batch are kept for each lane, in the order of the positions, and put together in double lane by lane, tile by
/// tile: the same bits at every vector width and on any number of threads.
/// </remarks>
internal sealed unsafe class BatchNormalizationLayer<TOps, TVector>(BatchNormalization definition, ImageShape input)
    : Layer(definition, input)
    where TOps : struct, ILaneOperations<TVector>
    where TVector : struct
{
    /// <summary>Positions that are summed in single precision before the sum goes into double.</summary>
    private const int Run = 64;

    private readonly IReadOnlyList<ParameterShape> _parameters = definition.Parameters(input);

    /// <summary>Evaluation: output = factor * input + offset, by channel.</summary>
    private readonly AlignedBuffer _factors = new(input.Channels), _offsets = new(input.Channels);

    /// <summary>The batch's mean and 1 / standard deviation of each channel, kept in the first tile from forward to backward.</summary>
    public override int ScratchLength(int workers) => 2 * Input.Channels;

    private int Positions => Input.Height * Input.Width;

    private int Plane => Positions * Tile.Lanes;

    private ParameterShape Weight => _parameters[0];

    private ParameterShape Bias => _parameters[1];

    public override void Forward(LayerBuffers buffers) => EachChannel(buffers, channel => Scale(
        buffers.Input.Pointer + channel * Plane, _factors.Pointer[channel], _offsets.Pointer[channel],
        buffers.Output.Pointer + channel * Plane));

    public override void BackwardInput(LayerBuffers buffers) => EachChannel(buffers, channel => Scale(
        buffers.OutputGradient.Pointer + channel * Plane, _factors.Pointer[channel], 0,
        buffers.InputGradient.Pointer + channel * Plane));

    public override void ParametersChanged(Parameters parameters)
    {
        var weights = parameters[Weight];
        var biases = parameters[Bias];
        var means = parameters[_parameters[2]];
        var variances = parameters[_parameters[3]];
        for (var channel = 0; channel < Input.Channels; channel++)
        {
            var factor = weights[channel] / Math.Sqrt(variances[channel] + definition.Epsilon);
            _factors.Pointer[channel] = (float)factor;
            _offsets.Pointer[channel] = (float)(biases[channel] - means[channel] * factor);
        }
    }

    public override void Forward(TrainingBatch batch)
    {
        EachChannel(batch.Of(this)[0], channel => Forward(batch, channel));
        batch.Weights[_parameters[4]][0]++;
    }

    /// <summary>Ioffe and Szegedy (2015), section 3. The sums that it needs are the gradients of weight and bias, which come first.</summary>
    public override void BackwardInput(TrainingBatch batch) =>
        EachChannel(batch.Of(this)[0], channel => BackwardInput(batch, channel));

    public override void BackwardParameters(TrainingBatch batch) =>
        EachChannel(batch.Of(this)[0], channel => BackwardParameters(batch, channel));

    private void EachChannel(LayerBuffers buffers, Action<int> action) =>
        buffers.Workers.Run(Input.Channels, (long)Input.Channels * Plane, action);

    private void Forward(TrainingBatch batch, int channel)
    {
        var tiles = batch.Of(this);
        var count = (double)batch.Images * Positions;
        var mean = 0.0;
        for (var tile = 0; tile < tiles.Length; tile++)
        {
            mean += Total<Values>(tiles[tile].Input.Pointer + channel * Plane, null, 0, batch.UsedLanes(tile));
        }

        mean /= count;
        var squares = 0.0;
        for (var tile = 0; tile < tiles.Length; tile++)
        {
            squares += Total<Squares>(tiles[tile].Input.Pointer + channel * Plane, null, (float)mean, batch.UsedLanes(tile));
        }

        // The squares are about the rounded mean.
        var variance = Math.Max(0, squares / count - (mean - (float)mean) * (mean - (float)mean));
        var inverse = 1 / Math.Sqrt(variance + definition.Epsilon);
        var statistics = tiles[0].Scratch.Pointer;
        (statistics[channel], statistics[Input.Channels + channel]) = ((float)mean, (float)inverse);
        var factor = batch.Weights[Weight][channel] * inverse;
        var offset = batch.Weights[Bias][channel] - mean * factor;
        for (var tile = 0; tile < tiles.Length; tile++)
        {
            Scale(tiles[tile].Input.Pointer + channel * Plane, (float)factor, (float)offset, tiles[tile].Output.Pointer + channel * Plane);
        }

        ref var runningMean = ref batch.Weights[_parameters[2]][channel];
        ref var runningVariance = ref batch.Weights[_parameters[3]][channel];
        var unbiased = count > 1 ? variance * count / (count - 1) : variance;
        runningMean = (float)(runningMean + definition.Momentum * (mean - runningMean));
        runningVariance = (float)(runningVariance + definition.Momentum * (unbiased - runningVariance));
    }

    private void BackwardInput(TrainingBatch batch, int channel)
    {
        var tiles = batch.Of(this);
        var count = (double)batch.Images * Positions;
        var (mean, inverse) = (tiles[0].Scratch.Pointer[channel], tiles[0].Scratch.Pointer[Input.Channels + channel]);
        // dx = w inv (g - bias' gradient / n - (x - mean) inv weight's gradient / n), as a g + b x + c.
        var factor = batch.Weights[Weight][channel] * (double)inverse;
        var ofValue = -factor * inverse * batch.Gradients[Weight][channel] / count;
        var offset = -factor * batch.Gradients[Bias][channel] / count - ofValue * mean;
        for (var tile = 0; tile < tiles.Length; tile++)
        {
            var target = tiles[tile].InputGradient.Pointer + channel * Plane;
            Combine(
                tiles[tile].OutputGradient.Pointer + channel * Plane, (float)factor,
                tiles[tile].Input.Pointer + channel * Plane, (float)ofValue, (float)offset, target);
            ClearUnused(target, batch.UsedLanes(tile));
        }
    }

    private void BackwardParameters(TrainingBatch batch, int channel)
    {
        var tiles = batch.Of(this);
        var (mean, inverse) = (tiles[0].Scratch.Pointer[channel], tiles[0].Scratch.Pointer[Input.Channels + channel]);
        var (products, sum) = (0.0, 0.0);
        for (var tile = 0; tile < tiles.Length; tile++)
        {
            var used = batch.UsedLanes(tile);
            var gradients = tiles[tile].OutputGradient.Pointer + channel * Plane;
            products += Total<Products>(tiles[tile].Input.Pointer + channel * Plane, gradients, mean, used);
            sum += Total<Values>(gradients, null, 0, used);
        }

        batch.Gradients[Weight][channel] = (float)(products * inverse);
        batch.Gradients[Bias][channel] = (float)sum;
    }

    /// <summary>The sum of a term over the positions of a channel and the first lanes of a tile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Total<TTerm>(float* values, float* others, float centre, int lanes)
        where TTerm : struct, ITerm
    {
        var totals = stackalloc double[Tile.Lanes];
        var sums = stackalloc float[Tile.Lanes];
        new Span<double>(totals, Tile.Lanes).Clear();
        var around = TOps.Broadcast(centre);
        for (var start = 0; start < Positions; start += Run)
        {
            var end = Math.Min(start + Run, Positions);
            for (var lane = 0; lane < Tile.Lanes; lane += TOps.Width)
            {
                var sum = TOps.Broadcast(0);
                for (var at = start * Tile.Lanes + lane; at < end * Tile.Lanes; at += Tile.Lanes)
                {
                    sum = TTerm.Add(sum, TOps.Load(values + at), others is null ? around : TOps.Load(others + at), around);
                }

                TOps.Store(sum, sums + lane);
            }

            for (var lane = 0; lane < Tile.Lanes; lane++)
            {
                totals[lane] += sums[lane];
            }
        }

        var total = 0.0;
        for (var lane = 0; lane < lanes; lane++)
        {
            total += totals[lane];
        }

        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Scale(float* source, float factor, float offset, float* target)
    {
        var (factors, offsets) = (TOps.Broadcast(factor), TOps.Broadcast(offset));
        for (var end = source + Plane; source < end; source += TOps.Width, target += TOps.Width)
        {
            TOps.Store(TOps.FusedMultiplyAdd(TOps.Load(source), factors, offsets), target);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Combine(float* first, float ofFirst, float* second, float ofSecond, float offset, float* target)
    {
        var (a, b, c) = (TOps.Broadcast(ofFirst), TOps.Broadcast(ofSecond), TOps.Broadcast(offset));
        for (var end = first + Plane; first < end; first += TOps.Width, second += TOps.Width, target += TOps.Width)
        {
            TOps.Store(
                TOps.FusedMultiplyAdd(TOps.Load(first), a, TOps.FusedMultiplyAdd(TOps.Load(second), b, c)), target);
        }
    }

    /// <summary>A lane without an image must have no gradient, for weights sum over all lanes.</summary>
    private void ClearUnused(float* gradients, int used)
    {
        for (var position = 0; used < Tile.Lanes && position < Positions; position++)
        {
            new Span<float>(gradients + position * Tile.Lanes + used, Tile.Lanes - used).Clear();
        }
    }

    private interface ITerm
    {
        static abstract TVector Add(TVector sum, TVector value, TVector other, TVector centre);
    }

    private readonly struct Values : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Add(TVector sum, TVector value, TVector other, TVector centre) => TOps.Add(sum, value);
    }

    private readonly struct Squares : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Add(TVector sum, TVector value, TVector other, TVector centre)
        {
            var difference = TOps.Subtract(value, centre);
            return TOps.FusedMultiplyAdd(difference, difference, sum);
        }
    }

    private readonly struct Products : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Add(TVector sum, TVector value, TVector other, TVector centre) =>
            TOps.FusedMultiplyAdd(TOps.Subtract(value, centre), other, sum);
    }
}
