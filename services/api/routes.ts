import type { Route } from './route';
import { archiveProduct } from './routes/archive-product';
import { beginPicture } from './routes/begin-picture';
import { beginUpload } from './routes/begin-upload';
import { cancelOrder } from './routes/cancel-order';
import { changeBrand } from './routes/change-brand';
import { changeCategory } from './routes/change-category';
import { changeDiscountCode } from './routes/change-discount-code';
import { changeMe } from './routes/change-me';
import { changePassword } from './routes/change-password';
import { changePicture } from './routes/change-picture';
import { changeProduct } from './routes/change-product';
import { changeStock } from './routes/change-stock';
import { confirmEmail } from './routes/confirm-email';
import { confirmPicture } from './routes/confirm-picture';
import { confirmUpload } from './routes/confirm-upload';
import { createBrand } from './routes/create-brand';
import { createCategory } from './routes/create-category';
import { createDiscountCode } from './routes/create-discount-code';
import { createProduct } from './routes/create-product';
import { deleteBrand } from './routes/delete-brand';
import { deleteCartItem } from './routes/delete-cart-item';
import { deleteCategory } from './routes/delete-category';
import { deleteFile } from './routes/delete-file';
import { deleteGuestCartItem } from './routes/delete-guest-cart-item';
import { deletePicture } from './routes/delete-picture';
import { deleteProductDiscount } from './routes/delete-product-discount';
import { deleteReview } from './routes/delete-review';
import { deleteWish } from './routes/delete-wish';
import { deliverOrder } from './routes/deliver-order';
import { endSessions } from './routes/end-sessions';
import { endSessionsOfUser } from './routes/end-sessions-of-user';
import { eraseMe } from './routes/erase-me';
import { getAssessment } from './routes/get-assessment';
import { getBestSellers } from './routes/get-best-sellers';
import { getCart } from './routes/get-cart';
import { getCartDiscount } from './routes/get-cart-discount';
import { getCustomerCounts } from './routes/get-customer-counts';
import { getDownload } from './routes/get-download';
import { getFile } from './routes/get-file';
import { getGuestCart } from './routes/get-guest-cart';
import { getManagedOrder } from './routes/get-managed-order';
import { getManagedProduct } from './routes/get-managed-product';
import { getMe } from './routes/get-me';
import { getOrder } from './routes/get-order';
import { getOrderCounts } from './routes/get-order-counts';
import { getProduct } from './routes/get-product';
import { getPrometheus } from './routes/get-prometheus';
import { getRevenue } from './routes/get-revenue';
import { getScalability } from './routes/get-scalability';
import { getSession } from './routes/get-session';
import { getToday } from './routes/get-today';
import { hideReview } from './routes/hide-review';
import { listBrands } from './routes/list-brands';
import { listCategories } from './routes/list-categories';
import { listDiscountCodes } from './routes/list-discount-codes';
import { listDrops } from './routes/list-drops';
import { listFiles } from './routes/list-files';
import { listManagedProducts } from './routes/list-managed-products';
import { listManagedReviews } from './routes/list-managed-reviews';
import { listNotifications } from './routes/list-notifications';
import { listOrders } from './routes/list-orders';
import { listOrdersToShip } from './routes/list-orders-to-ship';
import { listOwnReviews } from './routes/list-own-reviews';
import { listPictures } from './routes/list-pictures';
import { listProducts } from './routes/list-products';
import { listReviews } from './routes/list-reviews';
import { listStockChanges } from './routes/list-stock-changes';
import { listWishes } from './routes/list-wishes';
import { logIn } from './routes/log-in';
import { logOut } from './routes/log-out';
import { orderPictures } from './routes/order-pictures';
import { payOrder } from './routes/pay-order';
import { placeOrder } from './routes/place-order';
import { putCartItem } from './routes/put-cart-item';
import { putGuestCartItem } from './routes/put-guest-cart-item';
import { putProductDiscount } from './routes/put-product-discount';
import { putReview } from './routes/put-review';
import { putWish } from './routes/put-wish';
import { readNotification } from './routes/read-notification';
import { readNotifications } from './routes/read-notifications';
import { receivePaymentWebhook } from './routes/receive-payment-webhook';
import { refundOrder } from './routes/refund-order';
import { registerUser } from './routes/register-user';
import { requestPasswordReset } from './routes/request-password-reset';
import { resetPassword } from './routes/reset-password';
import { restoreProduct } from './routes/restore-product';
import { setDeliveryAddress } from './routes/set-delivery-address';
import { setFileQuota } from './routes/set-file-quota';
import { shipOrder } from './routes/ship-order';
import { showReview } from './routes/show-review';
import { stopEmails } from './routes/stop-emails';
import { takeGuestCart } from './routes/take-guest-cart';
import { verifyUser } from './routes/verify-user';

/** Every route that the API has, with who may call it; a file each. */
export const routes: readonly Route[] = [
  listProducts,
  getProduct,
  listDrops,
  listCategories,
  listBrands,
  createProduct,
  changeProduct,
  archiveProduct,
  restoreProduct,
  listManagedProducts,
  getManagedProduct,
  changeStock,
  listStockChanges,
  createCategory,
  changeCategory,
  deleteCategory,
  createBrand,
  changeBrand,
  deleteBrand,
  registerUser,
  verifyUser,
  logIn,
  getSession,
  logOut,
  endSessions,
  requestPasswordReset,
  resetPassword,
  getMe,
  changeMe,
  changePassword,
  confirmEmail,
  eraseMe,
  listWishes,
  putWish,
  deleteWish,
  listNotifications,
  readNotification,
  readNotifications,
  stopEmails,
  getCart,
  getCartDiscount,
  putCartItem,
  deleteCartItem,
  getGuestCart,
  putGuestCartItem,
  deleteGuestCartItem,
  takeGuestCart,
  placeOrder,
  listOrders,
  getOrder,
  payOrder,
  cancelOrder,
  setDeliveryAddress,
  receivePaymentWebhook,
  refundOrder,
  putProductDiscount,
  deleteProductDiscount,
  createDiscountCode,
  listDiscountCodes,
  changeDiscountCode,
  getToday,
  getRevenue,
  getOrderCounts,
  getBestSellers,
  getCustomerCounts,
  listOrdersToShip,
  getManagedOrder,
  shipOrder,
  deliverOrder,
  beginPicture,
  confirmPicture,
  listPictures,
  changePicture,
  orderPictures,
  deletePicture,
  listReviews,
  putReview,
  deleteReview,
  listOwnReviews,
  listManagedReviews,
  hideReview,
  showReview,
  beginUpload,
  confirmUpload,
  listFiles,
  getFile,
  getDownload,
  deleteFile,
  getScalability,
  getAssessment,
  getPrometheus,
  endSessionsOfUser,
  setFileQuota,
];
