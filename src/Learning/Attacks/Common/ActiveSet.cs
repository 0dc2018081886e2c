namespace AdvFit.Learning.Attacks.Common;

/// <summary>
/// The images under attack that share a tile: an image that is done leaves its lane, and the next one of the queue takes
/// it. A lane without an image holds zeros.
/// </summary>
/// <remarks>Arrays over pixels and lanes are laid out as in <see cref="IClassifierTile"/>.</remarks>
internal sealed class ActiveSet
{
    private const int Empty = -1;

    private readonly float[] _images;
    private readonly byte[] _labels;
    private readonly int _imageLength;
    private readonly int[] _imageOfLane;
    private readonly bool[] _moved;
    private int _next;

    /// <summary>An active set with every lane empty and every image waiting.</summary>
    /// <param name="classifier">The victim.</param>
    /// <param name="images">Pixels, [image][pixel]; the result of each image takes the place of its original.</param>
    /// <param name="labels">True class of each image.</param>
    public ActiveSet(IDifferentiableClassifier classifier, float[] images, byte[] labels)
    {
        (_images, _labels, _imageLength) = (images, labels, classifier.Shape.Length);
        Tile = classifier.CreateTile();
        Classes = classifier.Classes;
        Originals = new float[_imageLength * Tile.Lanes];
        Queries = new int[labels.Length];
        Gradients = new int[labels.Length];
        _imageOfLane = new int[Tile.Lanes];
        _imageOfLane.AsSpan().Fill(Empty);
        _moved = new bool[Tile.Lanes];
        Tile.Pixels.Clear();
    }

    /// <summary>The classifier's workspace, where the current pixels of each lane are.</summary>
    public IClassifierTile Tile { get; }

    /// <summary>Images that fit.</summary>
    public int Lanes => Tile.Lanes;

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <summary>Pixels of one image.</summary>
    public int ImageLength => _imageLength;

    /// <summary>Pixels as they were given, [pixels][lanes].</summary>
    public float[] Originals { get; }

    /// <summary>Forward passes that each image used.</summary>
    public int[] Queries { get; }

    /// <summary>Backward passes that each image used.</summary>
    public int[] Gradients { get; }

    /// <summary>Images in lanes.</summary>
    public int Active { get; private set; }

    /// <summary>Images that have not had a lane yet.</summary>
    public int Waiting => _labels.Length - _next;

    public bool IsActive(int lane) => _imageOfLane[lane] != Empty;

    /// <summary>True class of the image in an active lane.</summary>
    public int Label(int lane) => _labels[_imageOfLane[lane]];

    /// <summary>Place among all the images of the one in an active lane.</summary>
    public int Image(int lane) => _imageOfLane[lane];

    /// <summary>Queries that the image in an active lane has used.</summary>
    public ref int QueriesOf(int lane) => ref Queries[_imageOfLane[lane]];

    /// <summary>Puts the next image of the queue into a lane if the lane is empty and an image waits.</summary>
    /// <returns>Whether an image entered.</returns>
    public bool TryFill(int lane)
    {
        if (IsActive(lane) || Waiting == 0)
        {
            return false;
        }

        var image = _images.AsSpan(_next * _imageLength, _imageLength);
        var pixels = Tile.Pixels;
        for (int i = 0, at = lane; i < image.Length; i++, at += Lanes)
        {
            pixels[at] = image[i];
            Originals[at] = image[i];
        }

        _imageOfLane[lane] = _next++;
        _moved[lane] = true;
        Active++;
        return true;
    }

    /// <summary>Says that the pixels of a lane are no longer those of the last forward pass.</summary>
    public void MarkMoved(int lane) => _moved[lane] = true;

    /// <summary>Whether the lane holds an image that moved since the last forward pass.</summary>
    public bool HasMoved(int lane) => _moved[lane];

    /// <summary>Runs the tile forward. Costs one query of every image that moved.</summary>
    public void Forward()
    {
        Tile.Forward();
        for (var lane = 0; lane < Lanes; lane++)
        {
            if (_moved[lane])
            {
                Queries[_imageOfLane[lane]]++;
            }
        }
    }

    /// <summary>Takes note that the last forward pass has been judged in every lane.</summary>
    public void MarkJudged() => _moved.AsSpan().Clear();

    /// <summary>Runs the tile backward. Costs one gradient of every image in the given lanes.</summary>
    /// <param name="lanes">Lanes that asked for the gradient, -1; the others, 0.</param>
    public void Backward(ReadOnlySpan<int> lanes)
    {
        Tile.Backward();
        for (var lane = 0; lane < Lanes; lane++)
        {
            if (lanes[lane] != 0)
            {
                Gradients[_imageOfLane[lane]]++;
            }
        }
    }

    /// <summary>Keeps the pixels of a lane as its image's result, and empties the lane.</summary>
    public void Finish(int lane)
    {
        var image = _images.AsSpan(_imageOfLane[lane] * _imageLength, _imageLength);
        var pixels = Tile.Pixels;
        for (int i = 0, at = lane; i < image.Length; i++, at += Lanes)
        {
            image[i] = pixels[at];
            pixels[at] = 0;
            Originals[at] = 0;
        }

        _imageOfLane[lane] = Empty;
        _moved[lane] = false;
        Active--;
    }
}
