namespace AdvFit.Learning.Tests.Attacks;

/// <summary>logits = weights x + biases, with one lane after the other.</summary>
/// <param name="shape">Shape of an image.</param>
/// <param name="weights">[class][pixel].</param>
/// <param name="biases">[class].</param>
/// <param name="lanes">Images per tile.</param>
internal sealed class LinearClassifier(ImageShape shape, float[][] weights, float[] biases, int lanes = 32)
    : IDifferentiableClassifier
{
    public ImageShape Shape => shape;

    public int Classes => weights.Length;

    public IClassifierTile CreateTile() => new Tile(this, lanes);

    private sealed class Tile(LinearClassifier owner, int lanes) : TileBuffers(owner.Shape.Length, owner.Classes, lanes)
    {
        private readonly Dense _dense = owner.Dense;

        public override void Forward()
        {
            for (var lane = 0; lane < Lanes; lane++)
            {
                _dense.Forward(InputValues, OutputValues, Lanes, lane);
            }
        }

        public override void Backward()
        {
            for (var lane = 0; lane < Lanes; lane++)
            {
                _dense.Backward(OutputSeeds, InputSeeds, Lanes, lane);
            }
        }
    }

    private Dense Dense { get; } = new(weights, biases);
}

/// <summary>A network with one hidden layer of tanh units.</summary>
internal sealed class HiddenLayerClassifier(
    ImageShape shape, float[][] hiddenWeights, float[] hiddenBiases, float[][] outputWeights, float[] outputBiases,
    int lanes = 32) : IDifferentiableClassifier
{
    public ImageShape Shape => shape;

    public int Classes => outputWeights.Length;

    /// <summary>A network with random weights.</summary>
    public static HiddenLayerClassifier Random(
        Random random, ImageShape shape, int hidden, int classes, int lanes = 32, double gain = 2) =>
        new(shape, Matrix(random, hidden, shape.Length, gain), Vector(random, hidden, 0.5),
            Matrix(random, classes, hidden, gain), Vector(random, classes, 0.5), lanes);

    /// <summary>The same network in tiles of another size.</summary>
    public HiddenLayerClassifier WithLanes(int count) =>
        new(shape, hiddenWeights, hiddenBiases, outputWeights, outputBiases, count);

    public IClassifierTile CreateTile() => new Tile(this, lanes);

    private Dense Hidden { get; } = new(hiddenWeights, hiddenBiases);

    private Dense Output { get; } = new(outputWeights, outputBiases);

    private static float[][] Matrix(Random random, int rows, int columns, double gain) =>
        [.. Enumerable.Range(0, rows).Select(_ => Vector(random, columns, gain / Math.Sqrt(columns)))];

    private static float[] Vector(Random random, int length, double scale) =>
        [.. Enumerable.Range(0, length).Select(_ => (float)(scale * 2 * (random.NextDouble() * 2 - 1)))];

    private sealed class Tile(HiddenLayerClassifier owner, int lanes)
        : TileBuffers(owner.Shape.Length, owner.Classes, lanes)
    {
        private readonly Dense _hidden = owner.Hidden;
        private readonly Dense _output = owner.Output;
        private readonly float[] _units = new float[owner.Hidden.Outputs * lanes];
        private readonly float[] _unitSeeds = new float[owner.Hidden.Outputs * lanes];

        public override void Forward()
        {
            for (var lane = 0; lane < Lanes; lane++)
            {
                _hidden.Forward(InputValues, _units, Lanes, lane);
                for (var at = lane; at < _units.Length; at += Lanes)
                {
                    _units[at] = MathF.Tanh(_units[at]);
                }

                _output.Forward(_units, OutputValues, Lanes, lane);
            }
        }

        public override void Backward()
        {
            for (var lane = 0; lane < Lanes; lane++)
            {
                _output.Backward(OutputSeeds, _unitSeeds, Lanes, lane);
                for (var at = lane; at < _units.Length; at += Lanes)
                {
                    _unitSeeds[at] *= 1 - _units[at] * _units[at];
                }

                _hidden.Backward(_unitSeeds, InputSeeds, Lanes, lane);
            }
        }
    }
}

/// <summary>The arrays of a tile.</summary>
internal abstract class TileBuffers(int pixels, int classes, int lanes) : IClassifierTile
{
    public int Lanes => lanes;

    public Span<float> Pixels => InputValues;

    public ReadOnlySpan<float> Logits => OutputValues;

    public Span<float> LogitGradients => OutputSeeds;

    public ReadOnlySpan<float> PixelGradients => InputSeeds;

    protected float[] InputValues { get; } = new float[pixels * lanes];

    protected float[] InputSeeds { get; } = new float[pixels * lanes];

    protected float[] OutputValues { get; } = new float[classes * lanes];

    protected float[] OutputSeeds { get; } = new float[classes * lanes];

    public abstract void Forward();

    public abstract void Backward();
}

/// <summary>A fully connected layer on one lane of [units][lanes] arrays.</summary>
internal sealed class Dense(float[][] weights, float[] biases)
{
    public int Outputs => weights.Length;

    public void Forward(float[] inputs, float[] outputs, int lanes, int lane)
    {
        for (var output = 0; output < weights.Length; output++)
        {
            var sum = biases[output];
            for (var input = 0; input < weights[output].Length; input++)
            {
                sum += weights[output][input] * inputs[input * lanes + lane];
            }

            outputs[output * lanes + lane] = sum;
        }
    }

    public void Backward(float[] outputSeeds, float[] inputSeeds, int lanes, int lane)
    {
        for (var input = 0; input < weights[0].Length; input++)
        {
            var sum = 0f;
            for (var output = 0; output < weights.Length; output++)
            {
                sum += weights[output][input] * outputSeeds[output * lanes + lane];
            }

            inputSeeds[input * lanes + lane] = sum;
        }
    }
}
